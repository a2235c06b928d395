"""Start any server stack on a free port, wait until it is ready, and leave nothing running.

    from lab import servers

    with servers.running("fastapi") as server:
        requests.get(server.url + "/api/v1/health")

In a notebook, `server = servers.start("flask")` starts one that lasts over several cells, until
`server.stop()`, `servers.stop_all()` or the end of the kernel. `servers.STACKS` has the stacks by
name; a `servers.Stack(...)` of your own can be given instead of a name.

Several processes take part (see `guardian` for the reason):

    this process  --leash-->  guardian  --starts, ends-->  server  -->  its workers
"""

from lab.servers.errors import PortInUseError, StartError
from lab.servers.ports import free_port
from lab.servers.server import Server, stop_all
from lab.servers.stacks import STACKS, Stack
from lab.servers.starting import running, start

__all__ = [
    "STACKS",
    "PortInUseError",
    "Server",
    "Stack",
    "StartError",
    "free_port",
    "running",
    "start",
    "stop_all",
]

"""No proxy of the network stands between this machine and itself.

Schools and companies often set `http_proxy`. Then requests, curl and others ask the proxy for
127.0.0.1 as well, and it knows nothing of this machine's servers. What the workbench starts
inherits this, the kernels of lessons and the processes of checks among it.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping

HERE = ("127.0.0.1", "localhost")


def reach_this_machine_directly(environment: MutableMapping[str, str] = os.environ) -> None:
    """Add this machine to `no_proxy`, where there is a proxy to except it from."""
    proxies = {"http_proxy", "https_proxy", "all_proxy"}
    if not any(name.lower() in proxies and value for name, value in environment.items()):
        return
    names = ("no_proxy", "NO_PROXY")  # some programs read only one of the two
    listed = [host.strip() for name in names for host in environment.get(name, "").split(",")]
    excepted = ",".join(dict.fromkeys(host for host in (*listed, *HERE) if host))
    environment.update(dict.fromkeys(names, excepted))

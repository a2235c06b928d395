r"""The same plans driven by Locust, from several processes or several machines.

Locust is heavy and changes Python's own sockets when it is imported (gevent), so it is an extra,
and only the processes that are started here import it.

**Several machines.** On the machine that collects, with the project set up and `make extras` run:

    lab bench --engine locust --expect-workers 2 --bind 0.0.0.0 --url http://my.host:8000 \
        --workload health --i-own my.host

and on each of two others, also with the project and `make extras`:

    .venv/bin/python -m lab.bench.load.locust_standby --master COLLECTOR:5557 --i-own my.host

They wait for each other and begin at the same moment of the wall clock, so their clocks must agree
(NTP). Locust's own protocol has no password: open its port to your own network only. The server
must be yours: each worker refuses a target that its own command line does not name.

**What differs from our own generator.** Each of `plan.connections` users has one connection and a
fixed share of the schedule: a late request waits for its own user and not for any free one. Latency
still runs from the intended start. Bytes, connections and the queue are not seen, so they are
null; slow clients are not offered. Times include what gevent adds. One process reaches some
thousand requests a second: `cpu_share` of the busiest core says when that is the limit.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence

from lab.bench.load.plan import Plan
from lab.bench.load.process import ask
from lab.bench.load.recording import Recording
from lab.bench.load.targets import checked_target
from lab.servers import ports

PATIENCE = 60.0  # seconds until all workers must have reported for work


class LocustMissingError(RuntimeError):
    """Locust is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Locust is not installed: it is an extra. Install it with `make extras`, which adds "
            "what load_requirements.txt names to .venv."
        )


def is_installed() -> bool:
    """Tell whether Locust is here, without importing it."""
    return importlib.util.find_spec("locust") is not None


def run_locust(
    plan: Plan,
    *,
    workers: int = 2,
    remote_workers: int = 0,
    bind: str = ports.HOST,
    port: int | None = None,
    cores: Sequence[int] = (),
    owned: Sequence[str] = (),
) -> Recording:
    """Put the load of a plan on a server with Locust, and return what all workers have met.

    A master process collects; `workers` worker processes of this machine, pinned to `cores` in
    turn, and `remote_workers` that are started on others do the work. `bind` and `port` are where
    the master waits for them, `owned` the hosts that are the user's own.

    Raises LocustMissingError, TargetError, LoadError when a process fails or a worker does not
    come, ValueError for slow clients and for fewer connections than workers.
    """
    if not is_installed():
        raise LocustMissingError
    checked_target(plan.url, owned=owned)
    everyone = workers + remote_workers
    if not 1 <= everyone <= plan.connections:
        raise ValueError("Locust needs at least one worker, and a connection for each of them")
    if plan.slow_clients is not None:
        raise ValueError("Locust has no slow clients here: use our own generator for them")
    command = [
        *(sys.executable, "-m", "lab.bench.load.locust_master"),
        *("--bind", bind, "--port", str(ports.free_port() if port is None else port)),
        *("--workers", str(workers), "--remote", str(remote_workers)),
        *(word for core in cores for word in ("--core", str(core))),
        *(word for host in owned for word in ("--i-own", host)),
    ]
    variables = {**os.environ, "LOCUST_WORKER_LOG_REPORT_INTERVAL": "-1"}
    answer = ask(command, plan.model_dump_json(), plan.most_seconds + PATIENCE, variables)
    return Recording.model_validate_json(answer).check()

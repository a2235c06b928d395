"""The running side of a rehearsal: dynos, the router in front of them, and their log.

    log, limits = Log(path), Limits.at_speed(10)
    formation = Formation(log, limits)
    router = Router(formation, log, limits)
    url = await router.start()
    await formation.release(release)
    await formation.settled()
    ...
    await router.close()
    await formation.close()
    log.close()

Everything runs in one event loop; nothing listens beyond loopback, and no process is left behind,
even when this one is killed (see `processes`).

Where it differs from the platform:

- A dyno is a tree of processes on this machine, with its cores and its speed, and no wall around
  it. Its memory is measured and not limited: nothing is swapped.
- A server that binds every address gets 127.0.0.2 (`loopback`); one that cannot be told so is
  stopped. Python is a virtual environment, so that PYTHONHOME is not set.
- The router speaks HTTP/1.1 without TLS and passes no WebSockets. It has no limit for connections
  and no backlog, thus neither H11 nor H22; there is no maintenance mode, H80.
- Before SIGTERM a dyno has up to a second to answer what the router has sent it just before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab.heroku.run.formation import Formation, Status
from lab.heroku.run.limits import Limit, Limits
from lab.heroku.run.log import Line, Log

if TYPE_CHECKING:
    from lab.heroku.run.router import Router

__all__ = ["Formation", "Limit", "Limits", "Line", "Log", "Router", "Status"]


def __getattr__(name: str) -> object:
    """Import the router when it is asked for: who only reads the log does not wait for aiohttp."""
    if name == "Router":
        from lab.heroku.run.router import Router

        return Router
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

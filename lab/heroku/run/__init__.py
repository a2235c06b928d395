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
"""

from lab.heroku.run.formation import Formation, Status
from lab.heroku.run.limits import Limit, Limits
from lab.heroku.run.log import Line, Log
from lab.heroku.run.router import Router

__all__ = ["Formation", "Limit", "Limits", "Line", "Log", "Router", "Status"]

"""All drills, and how one is found. A new one is a declaration in one of the files `of_the_…`."""

from __future__ import annotations

from collections.abc import Mapping

from lab.heroku import facts
from lab.heroku.drills import (
    of_the_answer,
    of_the_build,
    of_the_connection,
    of_the_dyno,
    of_the_router,
    of_the_start,
)
from lab.heroku.drills.drill import Drill

# Why codes that are known of the platform have no drill.
WITHOUT: Mapping[str, str] = {
    "H11": "The router of the rehearsal lets any number of requests wait.",
    "H22": "The router of the rehearsal opens any number of connections.",
    "H28": "The client causes it, with half a request and then nothing. No copy can be mended.",
    "H80": "Whoever owns the app switches it on: heroku maintenance:on. The rehearsal lacks it.",
    "H81": "It comes before the first push, when there is no copy yet that could be mended.",
}


class UnknownDrillError(LookupError):
    """There is no drill of that name. Says which there are."""


def drills() -> list[Drill]:
    """Return every drill: those of dyno and router by their code, then those of the build."""
    running = [
        *of_the_start.DRILLS,
        *of_the_dyno.DRILLS,
        *of_the_router.DRILLS,
        *of_the_connection.DRILLS,
        *of_the_answer.DRILLS,
    ]
    return [*sorted(running, key=lambda one: one.called), *of_the_build.DRILLS]


def find(name: str) -> Drill:
    """Return the drill of this name; for the build the part after the last `::` will do.

    Raises:
        UnknownDrillError: when there is none, or more than one.
    """
    wanted = name.lower()
    for known in ({one.called.lower(): [one] for one in drills()}, _by_last_part()):
        found = known.get(wanted, [])
        if len(found) == 1:
            return found[0]
        if found:
            names = " and ".join(one.called for one in found)
            raise UnknownDrillError(f"{name} stands for {names}. Write the whole name of one.")
    raise UnknownDrillError(f"There is no drill {name}. {_why(wanted)}To see all: lab drill --list")


def _why(name: str) -> str:
    """Return why there is none for a code that is known, or nothing."""
    for code, reason in WITHOUT.items():
        if code.lower() == name:
            return f"{reason} "
    for one in facts.buildpack().message:
        if one.severity == "warning" and name in {one.code, one.code.rpartition("::")[2]}:
            return "It is a warning: no push is refused for it, and lab preflight shows it. "
    return ""


def _by_last_part() -> dict[str, list[Drill]]:
    found: dict[str, list[Drill]] = {}
    for one in of_the_build.DRILLS:
        found.setdefault(one.called.rpartition("::")[2].lower(), []).append(one)
    return found

"""All drills, and how one is found. A new one is a declaration in one of the files `of_the_…`."""

from __future__ import annotations

from lab.heroku.drills import of_the_build, of_the_connection, of_the_dyno, of_the_router
from lab.heroku.drills.drill import Drill


class UnknownDrillError(LookupError):
    """There is no drill of that name. Says which there are."""


def drills() -> list[Drill]:
    """Return every drill: those of dyno and router by their code, then those of the build."""
    running = [*of_the_dyno.DRILLS, *of_the_router.DRILLS, *of_the_connection.DRILLS]
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
    raise UnknownDrillError(f"There is no drill {name}. To see all: lab drill --list")


def _by_last_part() -> dict[str, list[Drill]]:
    found: dict[str, list[Drill]] = {}
    for one in of_the_build.DRILLS:
        found.setdefault(one.called.rpartition("::")[2].lower(), []).append(one)
    return found

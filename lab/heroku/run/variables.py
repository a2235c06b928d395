"""The environment variables of a dyno: the buildpack's, the platform's and the config vars."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from lab.heroku import facts

PROGRAMS = "/usr/local/bin:/usr/bin:/bin"

# On the platform this is the folder of a whole Python. Here it is a virtual environment, which has
# no standard library of its own: with PYTHONHOME set to it, Python does not start.
NOT_HERE = {"PYTHONHOME"}


def variables(
    *,
    home: Path,
    dyno: str,
    port: int | None,
    address: str,
    megabytes: int,
    config: Mapping[str, str],
) -> dict[str, str]:
    """Return all that a process of a dyno finds; nothing of this process's own gets there.

    Where both have a variable, the config var counts, except for what names this very dyno.
    """
    buildpack = facts.buildpack()
    cores = os.cpu_count() or 1
    found = {
        name: value.format(home=home, path=PROGRAMS)
        for name, value in buildpack.environment.items()
        if name not in NOT_HERE
    }
    found["DYNO_RAM"] = str(megabytes)
    found["WEB_CONCURRENCY"] = str(buildpack.concurrency.workers(cores=cores, megabytes=megabytes))
    path = found["PATH"]
    found |= config
    found |= {
        "PATH": path,
        "HOME": str(home),
        "PWD": str(home),
        "TMPDIR": str(home.parent / "tmp"),
        "DYNO": dyno,
        "REHEARSAL_ADDRESS": address,
    }
    if port is not None:
        found["PORT"] = str(port)
    return found

"""An environment that many dynos have, each as a tree of its own that ends with the dyno.

The trees have the very same files: nothing is copied, so a dyno starts at once. A file that an app
adds, removes or replaces is so in its own tree alone. A file of a package can only be read, or it
would change for all (root is not held by that). What Python compiles is shared, in the folders
called `__pycache__`: it follows from the sources, and each dyno would have to do it anew.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

COMPILED = "__pycache__"
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def make_ready(environment: Path) -> None:
    """Prepare a new environment for `plant`. Its files must belong to nobody else."""
    for place, _, files in os.walk(environment):
        folder = Path(place)
        for name in files:
            if not (file := folder / name).is_symlink():
                file.chmod(file.stat().st_mode & ~WRITABLE)
        if any(name.endswith(".py") for name in files):
            (folder / COMPILED).mkdir(exist_ok=True)


def plant(environment: Path, tree: Path) -> None:
    """Make a new tree of an environment.

    Raises:
        OSError: when the environment is not there.
    """
    for place, folders, files in os.walk(environment, onerror=_fail):
        there = tree / Path(place).relative_to(environment)
        there.mkdir()
        for name in [*folders, *files]:
            path = Path(place, name)
            if name == COMPILED:
                folders.remove(name)
                (there / name).symlink_to(path, target_is_directory=True)
            elif path.is_symlink():
                (there / name).symlink_to(path.readlink())
            elif name in files:
                _link(path, there / name)


def _link(path: Path, there: Path) -> None:
    try:
        there.hardlink_to(path)
    except OSError:  # on another disk, or on one that knows no such links
        shutil.copy2(path, there)


def _fail(error: OSError) -> None:
    raise error

"""Let a copy use the packages that this Python has, instead of a set-up of its own.

Every copy in a class would otherwise install the same gigabyte. The copy gets a `.venv` of a few
kilobytes: a Python of its own, which finds the copy's own `lab` and `apps` first, then the packages
of the Python that made it. So `.venv/bin/lab`, `make lab` and all else in the lessons work in it as
they do at home. A learner who changes requirements.txt and runs make gets a whole set-up in its
place.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

ENVIRONMENT: Final = ".venv"
MARK: Final = "shared_packages.pth"
JUPYTER: Final = ("etc", "share")  # where JupyterLab looks for itself and its extensions


def shares_packages(copy: Path) -> bool:
    """Tell whether a copy uses another Python's packages."""
    return any((copy / ENVIRONMENT).glob(f"lib/python*/site-packages/{MARK}"))


def share_packages(copy: Path) -> None:
    """Make the copy's `.venv` anew, with the packages of the Python that runs this.

    Raises:
        subprocess.CalledProcessError: when this Python cannot make an environment.
    """
    here = copy / ENVIRONMENT
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", "--clear", str(here)],
        check=True,
        capture_output=True,
        text=True,
    )
    packages = here / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    # The path of the copy stands first: its own `lab` hides the one that was installed.
    (packages / MARK).write_text(
        f"{copy}\nimport site; site.addsitedir({sysconfig.get_path('purelib')!r})\n",
        encoding="utf-8",
    )
    for name in JUPYTER:
        if (Path(sys.prefix) / name).is_dir():
            (here / name).symlink_to(Path(sys.prefix) / name)
    _share_programs(Path(sysconfig.get_path("scripts")), here / "bin")
    (here / ".ready").touch()  # what make asks for before it sets up


def _share_programs(theirs: Path, ours: Path) -> None:
    """Give the copy every program that lies beside this Python.

    One that is written in Python names its interpreter, and gets the copy's own instead.
    """
    for program in theirs.iterdir():
        target = ours / program.name
        if target.exists() or not program.is_file() or program.name.startswith("activate"):
            continue
        first, _, rest = program.read_bytes().partition(b"\n")
        own = first.replace(f"{theirs}/python".encode(), f"{ours}/python".encode())
        if first.startswith(b"#!") and own != first:
            target.write_bytes(own + b"\n" + rest)
            shutil.copymode(program, target)
        else:
            target.symlink_to(program)

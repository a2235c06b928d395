"""Puts `rehearsal_loopback` into the Python of a dyno, which then keeps its servers on loopback."""

from __future__ import annotations

import shutil
from pathlib import Path

NAME = "rehearsal_loopback"
MODULE = Path(__file__).with_name(f"{NAME}.py")


def put_into(python: Path) -> None:
    """Have a virtual environment import the module, whatever its app sets or has of its own."""
    for packages in python.glob("lib/python*/site-packages"):
        shutil.copyfile(MODULE, packages / MODULE.name)
        # Python runs such a line of a .pth file. PYTHONPATH and sitecustomize stay the app's.
        (packages / f"{NAME}.pth").write_text(f"import {NAME}\n", encoding="utf-8")

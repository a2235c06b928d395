"""Ends a process when the one that started it is gone."""

from __future__ import annotations

import os
import threading

ORPHANED = 3  # exit status


def hold_leash() -> None:
    """End this process as soon as its standard input ends, whatever it is doing.

    Whoever started it holds the other end, and loses it by an exit, an exception or SIGKILL.
    """
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # os.read and not sys.stdin, whose lock would be held when the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(ORPHANED)

"""How a program of the load generator answers: one line on its standard output, whole."""

from __future__ import annotations

import sys


def send_answer(line: str) -> None:
    """Write a line to the standard output, however long it is.

    Not with sys.stdout: under PYTHONUNBUFFERED, which many containers set, Python writes once and
    does not look how much of a long line the pipe has taken.
    """
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(line.encode() + b"\n")

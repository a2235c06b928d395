"""Reading the log of a rehearsal, whether its platform runs or not."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from lab.heroku import facts
from lab.heroku.run.log import Line, Source

INTERVAL = 0.1  # seconds between two looks at the file


@dataclass(frozen=True)
class Wanted:
    """Which lines: of a source, and of a dyno (`web.1`), a process type (`web`) or the `router`."""

    source: Source | None = None
    dyno: str | None = None

    def has(self, line: Line) -> bool:
        """Tell whether a line is wanted."""
        if self.source not in {None, line.source}:
            return False
        return self.dyno in {None, line.dyno, line.dyno.partition(".")[0]}


ALL = Wanted()


def read(path: Path, wanted: Wanted = ALL, *, last: int | None = None) -> list[Line]:
    """Return the lines that are kept, or the last so many of those that are wanted."""
    kept = deque(_lines(path), maxlen=facts.platform().logs.lines)
    found = [line for line in kept if wanted.has(line)]
    return found if last is None else found[max(0, len(found) - last) :]


def follow(path: Path, wanted: Wanted = ALL, *, after: int = 0) -> Iterator[Line | None]:
    """Give each line with a number above `after` as it comes, and None at each look without one.

    It never ends: whoever follows decides at a None whether to go on.
    """
    while True:
        for line in _grown(path, after):
            if line is not None:
                after = line.number
            if line is None or wanted.has(line):
                yield line


def _lines(path: Path) -> Iterator[Line]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (Line.parse(text) for text in file if text.endswith("\n"))
    except FileNotFoundError:
        return


def _grown(path: Path, after: int) -> Iterator[Line | None]:
    """Give the lines of the file, those to come as well, until another is in its place."""
    try:
        with path.open(encoding="utf-8") as file:
            begun = ""
            while True:
                for text in file:
                    begun += text
                    if begun.endswith("\n"):
                        line, begun = Line.parse(begun), ""
                        if line.number > after:
                            yield line
                if _was_replaced(file, path):
                    return
                yield None
                time.sleep(INTERVAL)
    except FileNotFoundError:
        yield None
        time.sleep(INTERVAL)


def _was_replaced(file: TextIO, path: Path) -> bool:
    try:
        return not os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return True

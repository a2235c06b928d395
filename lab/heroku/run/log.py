"""The log of a rehearsal: what the app, its dynos and the router say, in the platform's form.

One process writes it, the one that runs the dynos; any number may read it meanwhile (`reading`).
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self, TextIO

from lab.heroku import facts

Source = Literal["app", "heroku"]


@dataclass(frozen=True)
class Line:
    """One line: when, from whom (the app's own output, or the platform), which dyno, what."""

    number: int
    time: str
    source: Source
    dyno: str
    text: str

    def __str__(self) -> str:
        return f"{self.time} {self.source}[{self.dyno}]: {self.text}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return a line as it was kept.

        Raises:
            ValueError: when it was not written by a log.
        """
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(f"not a line of a log: {text!r}") from error


class Log:
    """Writes to a file, which keeps at least the last 1,500 lines and at most twice as many."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = deque(_whole_lines(path), maxlen=facts.platform().logs.lines)
        self._number = Line.parse(self._kept[-1]).number if self._kept else 0
        self._file, self._in_file = self._begin_anew()

    def app(self, dyno: str, text: str) -> None:
        """Write what the app or, as dyno `api`, the platform's own interface says."""
        self.write("app", dyno, text)

    def heroku(self, dyno: str, text: str) -> None:
        """Write what the platform says of a dyno, or the `router` of a request."""
        self.write("heroku", dyno, text)

    def write(self, source: Source, dyno: str, text: str) -> None:
        """Write a text: a line of the log for each of its lines, or more where one is too long."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        for part in _split(text):
            self._number += 1
            self._append(Line(self._number, now, source, dyno, part))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _append(self, line: Line) -> None:
        text = json.dumps(asdict(line))
        self._kept.append(text)
        if self._in_file >= 2 * facts.platform().logs.lines:
            self._file.close()
            self._file, self._in_file = self._begin_anew()
        else:
            self._file.write(text + "\n")
            self._in_file += 1

    def _begin_anew(self) -> tuple[TextIO, int]:
        """Put a file with only the kept lines into the place of the old one, at one stroke."""
        new = self._path.with_suffix(".new")
        new.write_text("".join(f"{text}\n" for text in self._kept), encoding="utf-8")
        new.replace(self._path)
        return self._path.open("a", encoding="utf-8"), len(self._kept)


def _whole_lines(path: Path) -> list[str]:
    """Return the lines of a file, without one that a killed platform has only begun."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def _split(text: str) -> Iterator[str]:
    """Break a text into lines, and a line where it has as many bytes as a line may have."""
    limit = facts.platform().logs.bytes_a_line
    for line in text.split("\n"):
        rest = line.rstrip("\r").encode()
        while len(rest) > limit:
            end = limit
            while rest[end] & 0xC0 == 0x80:  # within a character
                end -= 1
            yield rest[:end].decode()
            rest = rest[end:]
        yield rest.decode()

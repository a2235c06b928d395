"""What came out of a check."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

WIDTH = 88
SHOWN_LINES = 15


class State(StrEnum):
    """The four things that a check can say."""

    PASSED = "passed"
    NOT_YET = "not yet"
    ERROR = "error"
    NOT_ATTEMPTED = "not attempted"


@dataclass(frozen=True)
class Outcome:
    """The state of an answer, and what to tell the learner.

    `hint` belongs to this very failure. `line` is the line of the answer that an error came from,
    0 for none, and `code` its text. `printed` is what the answer printed while it was checked.
    """

    state: State
    message: str = ""
    hint: str = ""
    line: int = 0
    code: str = ""
    printed: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the outcome for a program."""
        return asdict(self)

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Outcome:
        """Return the outcome that `fields` described."""
        return cls(**{**fields, "state": State(fields["state"])})

    def text(self, heading: str, lines_before: int = 0) -> str:
        """Return the outcome for a person, as plain text below the exercise's heading.

        `lines_before` is how many lines of the answer's file do not show where the learner reads
        it: a cell has no header.
        """
        place = [f"  Line {self.line - lines_before}: {self.code}"] if self.line else []
        message = [f"  {line}" for line in wrapped(self.message)]
        return "\n".join([f"{heading}: {self.state}", *place, *message, *self._printed()])

    def _printed(self) -> list[str]:
        printed = self.printed.rstrip().splitlines()
        if not printed:
            return []
        left_out = len(printed) - SHOWN_LINES
        before = [f"  ({left_out} lines before these)"] if left_out > 0 else []
        return ["Your code printed:", *before, *(f"  {line}" for line in printed[-SHOWN_LINES:])]


def wrapped(text: str) -> list[str]:
    """Return the lines of a text, long ones broken; indented ones are code and stay whole."""
    lines: list[str] = []
    for line in text.splitlines():
        whole = line.startswith(" ") or not line
        lines += [line] if whole else textwrap.wrap(line, WIDTH, break_on_hyphens=False)
    return lines

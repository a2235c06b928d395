"""Exceptions told to a beginner: the line of the answer, what Python says, and what it means."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lab.exercises.outcome import Outcome, State

MEANINGS: Final = {
    "SyntaxError": "Python cannot read this line. Look at it and at the one above: a bracket, a "
    "quotation mark or a colon is often missing.",
    "IndentationError": "The blanks at the beginning of this line do not fit the lines around it.",
    "TabError": "This line begins with tabs and others with blanks. Use blanks.",
    "NameError": "Python knows no such name here. Is it spelt as where you defined it, and is "
    "everything imported?",
    "UnboundLocalError": "The name gets its value only further down in this function.",
    "ModuleNotFoundError": "There is no module of this name here. Is it spelt right?",
    "ImportError": "The module is there, and what you want from it is not. Is it spelt right?",
    "AttributeError": "This object has nothing of that name behind the point.",
    "TypeError": "A function got the wrong number or kind of arguments, or a value is of a type "
    "that cannot do this.",
    "KeyError": "The dictionary has no such key.",
    "IndexError": "The list is shorter than that.",
    "ValueError": "The value is of the right type, and not one that can be used here.",
    "ZeroDivisionError": "Something is divided by zero.",
    "RecursionError": "A function calls itself without an end.",
    "EOFError": "Your code waits for somebody to type something, and in a check nobody does.",
    "FileNotFoundError": "There is no such file or folder.",
    "SystemExit": "Your code ends the program, so nothing after this line can run. Leave that out.",
    "KeyboardInterrupt": "Your code interrupts itself. Leave that out.",
    "AssertionError": "An assert in your code did not hold.",
}

_LINE: Final = re.compile(r" on line \d+|\(.*, line \d+\)")
_PLACE: Final = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+)')
_RAISED: Final = re.compile(
    r"(?P<type>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Warning|Interrupt))(?:: (?P<says>.*))?"
)


@dataclass(frozen=True)
class Mistake:
    """An exception: the line of the answer that it came from, 0 for none."""

    kind: str
    says: str
    line: int

    def outcome(self, source: str, notes: Sequence[str] = ()) -> Outcome:
        """Return what to tell the learner, who wrote `source`."""
        lines = source.splitlines()
        code = lines[self.line - 1].strip() if 1 <= self.line <= len(lines) else ""
        says = f"{self.kind}: {self.says}" if self.says else self.kind
        meaning = MEANINGS.get(self.kind.rpartition(".")[2], "")
        message = "\n".join(part for part in (says, *notes, meaning) if part)
        return Outcome(State.ERROR, message, line=self.line if code else 0, code=code)


def mistake(error: BaseException, file: Path) -> Mistake:
    """Return an exception as a mistake in an answer's file."""
    kind = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename == str(file):
        # Python names lines of the file, and a cell shows others.
        return Mistake(kind, _LINE.sub("", error.msg), error.lineno or 0)
    lines = [
        frame.lineno or 0
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(file)
    ]
    return Mistake(kind, str(error), lines[-1] if lines else 0)


def line_now(lines: Sequence[str], file: Path) -> int:
    """Return the line of a file that a program was in, by what faulthandler printed; 0 for none.

    faulthandler prints each thread with the most recent call first.
    """
    for text in lines:
        place = _PLACE.match(text)
        if place and Path(place["file"]) == file:
            return int(place["line"])
    return 0


def mistake_in(lines: Sequence[str], file: Path) -> Mistake | None:
    """Return the last exception that a program printed and whose traceback went through a file."""
    line, found = 0, None
    for text in lines:
        if place := _PLACE.match(text):
            if Path(place["file"]) == file:
                line = int(place["line"])
        elif line and (raised := _RAISED.match(text.strip())):
            found = Mistake(raised["type"], raised["says"] or "", line)
            line = 0
    return found

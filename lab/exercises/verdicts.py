"""How a check ends before its end."""

from __future__ import annotations

from lab.exercises.outcome import Outcome, State


class NotYetError(Exception):
    """The answer is not right yet: what it did, where, and a hint for this very failure."""

    def __init__(self, message: str, hint: str = "", *, line: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.outcome = Outcome(State.NOT_YET, message, hint, line=line, code=code)


class BrokenError(Exception):
    """The answer failed by itself, in a server or program of its own, as its output says."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.message)
        self.outcome = outcome

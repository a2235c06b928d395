"""How far a session is, how long it will take, and when it must end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

ROW_OVERHEAD = 3.5  # seconds: the server's start and end, the generator's start, the probes


@dataclass(frozen=True)
class State:
    """What can be shown of a session."""

    done: float
    total: float
    left: float
    doing: str


class Progress:
    """Counts work in the seconds that it should take, and learns how long it really takes.

    `limit` is how many seconds the session may take; None is without end. `show` is called with
    each change.
    """

    def __init__(
        self,
        total: float,
        *,
        limit: float | None = None,
        show: Callable[[State], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._limit = limit
        self._show = show
        self._clock = clock
        self._started = clock()
        self._done = self._skipped = 0.0
        self._text = ""

    @property
    def factor(self) -> float:
        """How many times longer than thought the work takes, from what was done so far."""
        worth = 15.0  # seconds that the first guess counts as
        return (self._clock() - self._started + worth) / (self._done + worth)

    def has_time_for(self, seconds: float) -> bool:
        """Tell whether work that should take so long would end before the limit."""
        if self._limit is None:
            return True
        return self._clock() - self._started + seconds * self.factor <= self._limit

    def doing(self, text: str) -> None:
        """Show what is being done."""
        self._text = text
        self._changed()

    def did(self, seconds: float) -> None:
        """Take note that work is done that should have taken so long."""
        self._done += seconds
        self._changed()

    def skip(self, seconds: float) -> None:
        """Take note of work that is not needed, or that there is no time for."""
        self._skipped += seconds
        self._changed()

    def _changed(self) -> None:
        left = max(0.0, self._total - self._done - self._skipped) * self.factor
        if self._limit is not None:
            left = min(left, max(0.0, self._limit - (self._clock() - self._started)))
        self._show(State(self._done + self._skipped, self._total, left, self._text))

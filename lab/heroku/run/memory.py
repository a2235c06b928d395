"""What the platform says of a dyno's memory, and when it ends the dyno."""

from __future__ import annotations

import time
from collections.abc import Iterator

from lab.heroku import facts
from lab.heroku.run.limits import Limits

LONGEST, SHORTEST = 1.0, 0.2  # seconds between two looks


class Memory:
    """Watches the memory of one dyno: given what it takes, says what belongs in the log."""

    def __init__(self, limits: Limits) -> None:
        self._quota = limits.memory
        self._every = limits.memory_report
        self._next = 0.0  # the time of the next R14
        self.must_end = False

    @property
    def interval(self) -> float:
        """Seconds until the next look."""
        return max(SHORTEST, min(LONGEST, self._every.value / 4))

    def look(self, megabytes: float) -> Iterator[str]:
        """Say what is to be said about so much memory."""
        share = megabytes / self._quota.value
        running = f"Process running mem={megabytes:.0f}M({share:.1%}){self._quota.note}"
        if share >= facts.platform().memory.kill_factor:
            self.must_end = True
            yield running
            yield self._error("R15")
        elif share > 1 and time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every.value
            yield running
            yield f"{self._error('R14')}{self._every.note}"

    def _error(self, code: str) -> str:
        return f"Error {code} ({facts.platform().code_of(code).text})"

"""What a server uses while it is under load: processor time and memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from types import TracebackType
from typing import Self

import numpy as np
import psutil

INTERVAL = 0.2  # seconds between two looks


class Usage:
    """Looks at a server's processes while a `with` block runs."""

    def __init__(
        self, processes: Callable[[], Collection[psutil.Process]], core: int | None = None
    ) -> None:
        self._processes = processes
        self._core = core
        self._busy: list[float] = []
        self._moments: list[float] = []
        self._used: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_again, daemon=True)

    def __enter__(self) -> Self:
        self._members = list(self._processes())
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def cores(self, begin: float, seconds: float) -> float | None:
        """Return how many cores they used on average, from `begin` (seconds since 1970) on.

        None when there is nothing to see, or a process ended meanwhile: its time is lost.
        """
        if not self._members or len(self._moments) < 2 or min(np.diff(self._used)) < 0:
            return None
        used = np.interp([begin, begin + seconds], self._moments, self._used)
        return float(used[1] - used[0]) / seconds

    def others(self, begin: float, seconds: float) -> float | None:
        """Return the share of the server's core that other programs had; None when not pinned."""
        own = self.cores(begin, seconds)
        if self._core is None or own is None or len(self._busy) != len(self._moments):
            return None
        busy = np.interp([begin, begin + seconds], self._moments, self._busy)
        return max(0.0, float(busy[1] - busy[0]) / seconds - own)

    def memory_mb(self) -> float | None:
        """Return the memory that would come free if they ended."""
        if not self._members:
            return None
        total = 0
        for process in self._processes():
            try:
                total += process.memory_full_info().uss
            except (psutil.Error, AttributeError):
                return None
        return total / 1e6

    def _look_again(self) -> None:
        while not self._over.wait(INTERVAL):
            self._look()

    def _look(self) -> None:
        used = 0.0
        for process in self._members:
            with suppress(psutil.Error):
                times = process.cpu_times()
                used += times.user + times.system
        self._moments.append(time.time())
        self._used.append(used)
        if self._core is not None:
            core = psutil.cpu_times(percpu=True)[self._core]
            self._busy.append(sum(core) - core.idle - getattr(core, "iowait", 0.0))

"""What a learner uses of the machine: memory, sampled, and processor time, counted."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Final

import psutil

INTERVAL: Final = 1.0
SERVER: Final = "jupyterhub.singleuser"


class Usage:
    """Samples the memory of each learner's processes until told to stop.

    `ids` has the learners' user ids; where they have none of their own, it is empty, and processes
    are told apart by the name that the Hub gives them in JUPYTERHUB_USER.
    """

    def __init__(self, names: list[str], ids: Mapping[int, str]) -> None:
        self._names = names
        self._ids = ids
        self._peaks: Counter[str] = Counter()
        self._peak = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Sample no more."""
        self._stopped.set()
        self._thread.join()

    def begin(self) -> None:
        """Forget the peaks so far."""
        self._peaks.clear()
        self._peak = 0

    def peaks(self) -> tuple[dict[str, int], int]:
        """Return the most bytes of each learner, and of all at one moment.

        What processes share is divided by the number of those who share it (PSS), so sums are true.
        """
        return dict(self._peaks), self._peak

    def processor_seconds(self) -> dict[str, float]:
        """Return the processor time of each learner's server and of all that it has seen end."""
        seconds: dict[str, float] = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if SERVER in process.cmdline() and (name := self._whose(process)):
                    seconds[name] = sum(process.cpu_times()[:4])
        return seconds

    def processes(self) -> dict[str, list[str]]:
        """Return the command lines of each learner's processes that run now."""
        found: dict[str, list[str]] = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if name := self._whose(process):
                    found.setdefault(name, []).append(" ".join(process.cmdline()))
        return found

    def _whose(self, process: psutil.Process) -> str:
        if self._ids:
            return self._ids.get(process.uids().real, "")
        if process.pid == os.getpid():
            return ""
        name = process.environ().get("JUPYTERHUB_USER", "")
        return name if name in self._names else ""

    def _sample(self) -> None:
        while not self._stopped.wait(INTERVAL):
            now: Counter[str] = Counter()
            for process in psutil.process_iter():
                with contextlib.suppress(psutil.Error):
                    if name := self._whose(process):
                        now[name] += process.memory_full_info().pss
            for name, used in now.items():
                self._peaks[name] = max(self._peaks[name], used)
            self._peak = max(self._peak, now.total())

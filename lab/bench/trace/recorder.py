"""What a server's process writes down of each request: imports nothing that would slow a start.

Times are of `time.monotonic()`, a clock that all processes of a computer share.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from contextvars import ContextVar
from pathlib import Path
from typing import Final

APP: Final = "LAB_TRACE_APP"  # the app that is wrapped, as module:name
FOLDER: Final = "LAB_TRACE_FOLDER"  # where the files go

MOST_STEPS = 2_000  # of one request: a stream without an end must not fill the memory

now = time.monotonic


class Record:
    """One request under way, or done."""

    __slots__ = ("end", "identifier", "runs", "start", "task", "thread", "waits")

    def __init__(self, identifier: str, task: str | None) -> None:
        self.identifier = identifier
        self.task = task
        # The system's number: gevent replaces the one that Python gives.
        self.thread = threading.get_native_id()
        self.waits: list[tuple[str, float, float, bool]] = []
        self.runs: list[tuple[float, float]] = []
        self.start = now()
        self.end = self.start

    def wait(self, what: str, start: float) -> None:
        """Note a wait that ends now, and whether it held an event loop meanwhile."""
        if len(self.waits) < MOST_STEPS:
            self.waits.append((what, start, now(), holds_a_loop()))

    def awaited(self, what: str, start: float) -> None:
        """Note a wait that ends now and gave the event loop back meanwhile."""
        if len(self.waits) < MOST_STEPS:
            self.waits.append((what, start, now(), False))

    def run(self, start: float) -> None:
        """Note that the request held its event loop until now."""
        if len(self.runs) < MOST_STEPS:
            self.runs.append((start, now()))
        else:
            self.runs[-1] = (self.runs[-1][0], now())


current: ContextVar[Record | None] = ContextVar("current", default=None)
"""The request that this thread or task works on."""


class Recorder:
    """Appends a line for each request to the file of the process that has handled it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = 0
        self._file = -1

    def write(self, record: Record) -> None:
        """Append a request that is done."""
        if self._process != os.getpid():  # a worker is a copy of a process that had a file open
            self._process = os.getpid()
            name = str(self.folder / f"{self._process}.jsonl")
            self._file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        line = {
            "id": record.identifier,
            "process": self._process,
            "thread": record.thread,
            "task": record.task,
            "start": record.start,
            "end": record.end,
            "waits": record.waits,
            "runs": record.runs,
        }
        # One call for one line: the lines of several threads do not mix.
        os.write(self._file, (json.dumps(line) + "\n").encode())


def holds_a_loop() -> bool:
    """Tell whether this thread runs an event loop, which a wait would hold up."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True

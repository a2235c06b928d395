"""Where a server's output goes: kept for `Server.lines()`, or shown in the terminal at once."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import weakref
from abc import ABC, abstractmethod
from collections import deque


class Output(ABC):
    """What a server prints to. Used for one server only."""

    @abstractmethod
    def descriptor(self) -> int:
        """Return the file descriptor that the server writes to."""

    @abstractmethod
    def lines(self) -> list[str]:
        """Return the lines printed so far that are kept."""

    def handed_over(self) -> None:  # noqa: B027
        """Take note that the server has its own copy of the descriptor."""

    def ended(self) -> None:  # noqa: B027
        """Take note that the server and its workers are gone."""


class Kept(Output):
    """Keeps every line in a temporary file without a name, which ends with its last user.

    A file, because a server never waits for it, however busy this process is.
    """

    def __init__(self) -> None:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._file = file
        weakref.finalize(self, file.close)

    def descriptor(self) -> int:
        """Return the file descriptor that the server writes to."""
        return self._file.fileno()

    def lines(self) -> list[str]:
        """Return all lines printed so far."""
        descriptor = self._file.fileno()
        # pread: the server writes at the position of the same open file, which must not move.
        content = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
        return content.decode(errors="replace").splitlines()


class Shown(Output):
    """Writes each line to standard output as it comes, and keeps the last hundred."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._last: deque[str] = deque(maxlen=100)
        read_end, self._write_end = os.pipe()
        self._reader = threading.Thread(target=self._relay, args=(read_end,), daemon=True)
        self._reader.start()

    def descriptor(self) -> int:
        """Return the file descriptor that the server writes to."""
        return self._write_end

    def lines(self) -> list[str]:
        """Return the last lines printed."""
        return list(self._last)

    def handed_over(self) -> None:
        """Close this side's copy, so that the reader sees when the server closes its own."""
        os.close(self._write_end)

    def ended(self) -> None:
        """Wait until the last line is shown."""
        self._reader.join(timeout=1)

    def _relay(self, read_end: int) -> None:
        with open(read_end, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                self._last.append(line.rstrip("\n"))
                # A terminal that has gone must not stop the server: go on reading.
                with contextlib.suppress(OSError, ValueError):
                    sys.stdout.write(self._prefix + line)
                    sys.stdout.flush()

"""Wakes an event loop at a moment, closer than its own timers, which know whole milliseconds only.

A request that leaves half a millisecond late is half a millisecond slow in the recording, which is
much beside an answer that takes two. Linux has finer timers in the form of a file that becomes
readable (timerfd). Python has them since 3.13, so the two calls are made through ctypes.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import sys
import time
from collections.abc import Callable

ABSOLUTE = 1  # TFD_TIMER_ABSTIME
SECOND = 1_000_000_000


class _Spec(ctypes.Structure):
    """The C struct itimerspec: an interval, unused here, and the moment."""

    _fields_ = [(name, ctypes.c_long) for name in ("every_s", "every_ns", "s", "ns")]


class Alarm:
    """One alarm clock of an event loop: setting it again moves it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
        self._loop = loop
        self._callback = callback
        self._timer: asyncio.TimerHandle | None = None
        self._file = _timer_file()
        if self._file >= 0:
            self._libc = ctypes.CDLL(None)
            loop.add_reader(self._file, self._ring)

    @property
    def fine(self) -> bool:
        """Whether it is better than a millisecond."""
        return self._file >= 0

    def set(self, moment: float) -> None:
        """Ring at this moment of `time.perf_counter`, at once when it has passed."""
        if self._file < 0:
            if self._timer:
                self._timer.cancel()
            self._timer = self._loop.call_later(moment - time.perf_counter(), self._callback)
            return
        nanoseconds = max(1, int(moment * SECOND))
        spec = _Spec(0, 0, nanoseconds // SECOND, nanoseconds % SECOND)
        self._libc.timerfd_settime(self._file, ABSOLUTE, ctypes.byref(spec), None)

    def close(self) -> None:
        """Never ring again."""
        if self._timer:
            self._timer.cancel()
        if self._file >= 0:
            self._loop.remove_reader(self._file)
            os.close(self._file)
            self._file = -1

    def _ring(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it was moved after it had become readable
            os.read(self._file, 8)
            self._callback()


def _timer_file() -> int:
    """Return a timer's file, or -1 where there is none."""
    if sys.platform != "linux":
        return -1
    # On Linux perf_counter is the monotonic clock.
    create = getattr(ctypes.CDLL(None), "timerfd_create", None)
    flags = os.O_NONBLOCK | os.O_CLOEXEC
    return -1 if create is None else int(create(time.CLOCK_MONOTONIC, flags))

"""Requests in the lanes of the processes and threads that handled them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["runs", "waits", "blocks"]


@dataclass(frozen=True)
class Piece:
    """A part of a request's time: its code runs, it waits, or it waits and blocks an event loop.

    `what` says for what it waits. Between its pieces a request on an event loop waits for its turn.
    """

    kind: Kind
    start: float
    end: float
    what: str = ""


@dataclass(frozen=True)
class Handled:
    """One request as the server saw it. Times are in seconds since the requests were sent.

    `task` is the event loop's name for its work on the request, None where there is no event loop.
    """

    number: int
    process: int
    thread: int
    start: float
    end: float
    received: float
    pieces: tuple[Piece, ...] = ()
    task: str | None = None

    def of(self, *kinds: Kind) -> list[tuple[float, float]]:
        """Return when it did one of these."""
        return [(piece.start, piece.end) for piece in self.pieces if piece.kind in kinds]


@dataclass(frozen=True)
class Lane:
    """One thread of one process, and the requests that it handled in the order of their start."""

    name: str
    handled: list[Handled]

    def rows(self) -> list[int]:
        """Return a row for each request, such that no two that overlap share one."""
        ends: list[float] = []
        rows = []
        for one in self.handled:
            free = [row for row, end in enumerate(ends) if end <= one.start]
            row = free[0] if free else len(ends)
            ends[row : row + 1] = [one.end]
            rows.append(row)
        return rows


def lanes(handled: Sequence[Handled]) -> list[Lane]:
    """Sort requests into the lanes of the threads that handled them."""
    processes = list(dict.fromkeys(one.process for one in handled))
    found: list[Lane] = []
    for count, process in enumerate(processes, start=1):
        own = [one for one in handled if one.process == process]
        threads = list(dict.fromkeys(one.thread for one in own))
        for thread, identifier in enumerate(threads, start=1):
            parts = [f"process {count}"] if len(processes) > 1 else []
            parts += [f"thread {thread}"] if len(threads) > 1 else []
            name = ", ".join(parts) or "one thread"
            found.append(Lane(name, [one for one in own if one.thread == identifier]))
    return found


def at_once(handled: Iterable[Handled]) -> int:
    """Return how many requests were in the application at the same moment, at most."""
    return most_at_once((one.start, one.end) for one in handled)


def most_at_once(spans: Iterable[tuple[float, float]]) -> int:
    """Return how many spans of time hold the same moment, at most."""
    # At the same moment an end sorts before a begin: neighbours do not overlap.
    events = sorted(event for start, end in spans for event in ((start, 1), (end, -1)))
    now = most = 0
    for _, step in events:
        now += step
        most = max(most, now)
    return most


def waiting_at_once(handled: Iterable[Handled]) -> int:
    """Return how many requests were waiting for something at the same moment, at most."""
    return most_at_once(span for one in handled for span in one.of("waits", "blocks"))


def longest_hold(handled: Iterable[Handled]) -> float | None:
    """Return how long one request held an event loop without a break, in seconds, at most.

    None where there is no event loop.
    """
    looped = [one for one in handled if one.task is not None]
    if not looped:
        return None
    return max((end - start for one in looped for start, end in one.of("runs")), default=0.0)


def blocked(handled: Iterable[Handled]) -> list[tuple[Handled, Piece]]:
    """Return each wait during which a request held an event loop, and whose it was."""
    return [(one, piece) for one in handled for piece in one.pieces if piece.kind == "blocks"]

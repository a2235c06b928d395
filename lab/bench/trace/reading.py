"""Reads what the processes of a traced server have written down."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lab.bench.trace.lanes import Handled, Piece

Wait = tuple[str, float, float, bool]
"""For what, from when, until when, and whether it held the event loop."""

# Seconds: a server writes its line after the client has its answer, on a busy machine long after.
PATIENCE = 30.0


def read_records(folder: Path, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what was recorded of the requests with these ids.

    Raises LookupError for one that nobody has recorded.
    """
    missing = set(wanted)
    found: dict[str, dict[str, Any]] = {}
    deadline = time.monotonic() + PATIENCE
    while True:
        for file in sorted(folder.glob("*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
                if line.endswith("\n"):  # else it is still being written
                    record = json.loads(line)
                    found[record["id"]] = record
        if missing <= found.keys():
            return {name: found[name] for name in missing}
        if time.monotonic() > deadline:
            lost = ", ".join(sorted(missing - found.keys()))
            raise LookupError(f"no process has recorded the requests {lost}")
        time.sleep(0.02)


def handled(
    records: Mapping[str, Mapping[str, Any]], began: float, received: Mapping[str, float]
) -> list[Handled]:
    """Return the requests in the order in which the app began with them.

    `received` has when each answer was there, in seconds since `began` as all other times.
    """
    ordered = sorted(records.values(), key=lambda record: float(record["start"]))
    return [
        Handled(
            number,
            int(record["process"]),
            int(record["thread"]),
            record["start"] - began,
            record["end"] - began,
            received[record["id"]],
            tuple(_pieces(record, began)),
            record["task"],
        )
        for number, record in enumerate(ordered, start=1)
    ]


def _pieces(record: Mapping[str, Any], began: float) -> list[Piece]:
    waits = [
        Piece("blocks" if blocking else "waits", start - began, end - began, what)
        for what, start, end, blocking in _outermost(record["waits"])
    ]
    if record["task"] is not None:
        runs = [(start - began, end - began) for start, end in record["runs"]]
    else:  # a thread runs, or would if it had its turn, whenever it does not wait
        runs = _between(waits, record["start"] - began, record["end"] - began)
    return [*waits, *(Piece("runs", start, end) for start, end in runs)]


def _outermost(waits: Iterable[Wait]) -> list[Wait]:
    """Leave out a wait that is a part of another: asking upstream may include a pause."""
    found: list[Wait] = []
    for wait in sorted(waits, key=lambda wait: (wait[1], -wait[2])):
        if not found or wait[2] > found[-1][2]:
            found.append(wait)
    return found


def _between(waits: Iterable[Piece], start: float, end: float) -> list[tuple[float, float]]:
    gaps = []
    for wait in sorted(waits, key=lambda piece: piece.start):
        if wait.start > start:
            gaps.append((start, wait.start))
        start = max(start, wait.end)
    return [*gaps, (start, end)] if end > start else gaps

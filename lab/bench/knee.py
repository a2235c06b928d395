"""The knee: the highest rate at which a stack keeps its latency under a target.

The rate is doubled until it fails, then the gap is halved until it is narrow. Each point has a
fresh server, arrivals at random moments at that rate, and latency from the intended start.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from math import inf, sqrt

from lab.bench.declaring import BenchStack
from lab.bench.measuring import Measurer
from lab.bench.progress import ROW_OVERHEAD, Progress
from lab.bench.results import Knee, Row
from lab.bench.session import Session
from lab.bench.workloads import Workload

TARGET_MS = 50.0
FIRST_RATE = 50.0
HIGHEST_RATE = 12_800.0
NARROW = 1.1  # a rate that failed and one that was kept: no further apart than this is enough
MOST_POINTS = 12
LEAST_ACHIEVED = 0.99  # of the offered rate
SECONDS = 3.0
CONNECTIONS = 128
POINT_SECONDS = SECONDS + 0.5 + ROW_OVERHEAD
TYPICAL_POINTS = 9


def find_knee(
    stack: BenchStack,
    workload: Workload,
    measurer: Measurer,
    session: Session,
    progress: Progress,
    *,
    target_ms: float = TARGET_MS,
) -> None:
    """Sweep the rates of a stack, and keep the rows and the knee."""
    steady = dataclasses.replace(
        workload, seconds=SECONDS, connections=CONNECTIONS, timeout=2.0, lossy=True
    )

    def measure(rate: float) -> Row | None:
        identity = f"knee-{workload.name}-{stack.name}-{rate:.0f}"
        if (known := session.rows.get(identity)) is not None:
            return known
        if not progress.has_time_for(POINT_SECONDS):
            return None
        progress.doing(f"knee of {stack.title}: {rate:.0f} requests a second")
        server = measurer.start(stack, steady)
        try:
            row = measurer.measure(
                identity, stack, steady, server, rate=rate, details={"target_ms": target_ms}
            )
        finally:
            server.stop(grace=1)
        session.add(row)
        progress.did(POINT_SECONDS)
        return row

    rows, reason = sweep(measure, target_ms)
    session.put_knee(knee_of(stack.name, workload.name, rows, target_ms, reason))


def sweep(measure: Callable[[float], Row | None], target_ms: float) -> tuple[list[Row], str]:
    """Measure rates until the knee is narrow. Return the rows, and why the sweep ended early.

    `measure` returns None when there is no time left.
    """
    rows: list[Row] = []
    kept, failed, rate = 0.0, inf, FIRST_RATE
    while len(rows) < MOST_POINTS:
        row = measure(rate)
        if row is None:
            return rows, "The time was up before the knee was narrow."
        rows.append(row)
        if row.validity != "valid":
            return rows, f"The point at {rate:.0f} a second is {row.validity}: {row.why}."
        if sustained(row, target_ms):
            kept = rate
        else:
            failed = rate
        if failed < inf and kept and failed / kept <= NARROW:
            break
        rate = _next_rate(kept, failed)
        if not 1 <= rate <= HIGHEST_RATE:
            break
    return rows, ""


def _next_rate(kept: float, failed: float) -> float:
    if failed == inf:
        return kept * 2
    # The middle on a scale of ratios: between 100 and 400 lies 200.
    return sqrt(kept * failed) if kept else failed / 2


def sustained(row: Row, target_ms: float) -> bool:
    """Tell whether a row kept its rate: p99 under the target, nothing missing, no growing queue."""
    return (
        row.latency is not None
        and row.latency.p99 < target_ms
        and row.good == row.planned
        and row.offered is not None
        and _achieved(row) >= LEAST_ACHIEVED
    )


def _achieved(row: Row) -> float:
    """Return the share of the offered rate that was answered within the measured part.

    At each end lie requests that belong to the other side. There are about as many as are in
    flight on average: so many may be missing.
    """
    assert row.offered is not None
    return (row.throughput * row.seconds + row.in_flight) / (row.offered * row.seconds)


def knee_of(stack: str, workload: str, rows: Sequence[Row], target_ms: float, reason: str) -> Knee:
    """Return what the points of a sweep say."""
    valid = [row for row in rows if row.validity == "valid" and row.offered is not None]
    good = [row.offered or 0 for row in valid if sustained(row, target_ms)]
    bad = [row.offered or 0 for row in valid if not sustained(row, target_ms)]
    # A rate that was kept above one that was not is luck: the knee lies below the failure.
    believed = [rate for rate in good if not bad or rate < min(bad)]
    rate = max(believed, default=None)
    if rate is None:
        why = "No rate was sustained." if bad else "No rate could be judged."
    elif not bad:
        why = f"{rate:.0f} a second were sustained, and no higher rate was tried."
    else:
        why = f"{rate:.0f} a second were sustained and {min(bad):.0f} were not."
    return Knee(
        stack=stack,
        workload=workload,
        target_ms=target_ms,
        points=[row.id for row in sorted(rows, key=lambda row: row.offered or 0)],
        rate=rate,
        bounded=bool(bad),
        why=f"{why} {reason}".strip(),
    )

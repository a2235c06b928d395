"""The knee: the highest rate at which a stack keeps its latency under a target.

The rate is raised until it fails, then the gap is halved until it is narrow. Each point has a
fresh server, arrivals at random moments at that rate, and latency from the intended start. One bad
point is no failure: a rate has failed when it did so twice.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, sqrt

from lab.bench.declaring import BenchStack
from lab.bench.measuring import Measurer
from lab.bench.progress import ROW_OVERHEAD, Progress
from lab.bench.results import Knee, Row
from lab.bench.session import Session
from lab.bench.workloads import Workload

TARGET_MS = 50.0
FIRST_RATE = 100.0
HIGHEST_RATE = 12_800.0
STEP, STEP_AGAIN = 2.0, 1.2  # a further sweep begins near the knee that one before it has found
NARROW = 1.1  # a rate that failed and one that was kept: no further apart than this is enough
MOST_RATES = 12
MOST_UNUSABLE = 2  # rows of a rate that are not valid: more would be no better
LEAST_ACHIEVED = 0.99  # of the offered rate
SECONDS, MOST_SECONDS = 3.0, 10.0
FOR_P99 = 1_000  # requests, of which ten lie beyond the p99: fewer say little about it
CONNECTIONS = 128
POINT_SECONDS = SECONDS + 0.5 + ROW_OVERHEAD
TYPICAL_POINTS, TYPICAL_AGAIN = 12, 6

Measure = Callable[[float, int], Row | None]
"""Measures a rate for the nth time; None when there is no time left."""


@dataclass(frozen=True)
class Sweeps:
    """A stack, and how often its knee is looked for: a claim needs repeated ones."""

    stack: BenchStack
    times: int = 1

    @property
    def seconds(self) -> float:
        """How long they should take."""
        return (TYPICAL_POINTS + (self.times - 1) * TYPICAL_AGAIN) * POINT_SECONDS


def find_knee(
    stack: BenchStack,
    workload: Workload,
    number: int,
    measurer: Measurer,
    session: Session,
    progress: Progress,
    *,
    target_ms: float = TARGET_MS,
) -> None:
    """Sweep the rates of a stack for the nth time, and keep the rows and the knee."""

    def measure(rate: float, attempt: int) -> Row | None:
        identity = f"knee-{workload.name}-{stack.name}-{number}-{rate:.0f}-{attempt}"
        if (known := session.rows.get(identity)) is not None:
            return known
        seconds = point_seconds(rate)
        needed = POINT_SECONDS - SECONDS + seconds
        if not progress.has_time_for(needed):
            return None
        steady = dataclasses.replace(
            workload, seconds=seconds, connections=CONNECTIONS, timeout=2.0, lossy=True
        )
        progress.doing(f"knee of {stack.title}, sweep {number}: {rate:.0f} requests a second")
        server = measurer.start(stack, steady)
        try:
            row = measurer.measure(
                identity,
                stack,
                steady,
                server,
                rate=rate,
                # Arrivals of its own for each point, or a repetition would repeat their chance.
                seed=session.results.seed * 1000 + number * 10 + attempt,
                target_ms=target_ms,
                details={"rate": rate, "sweep": number},
            )
        finally:
            server.stop(grace=1)
        session.add(row)
        progress.did(needed)
        return row

    before = [one for one in session.results.knees if one.stack == stack.name]
    found = [one.rate for one in before if one.sweep < number and one.rate is not None]
    start, step = (found[0], STEP_AGAIN) if found else (FIRST_RATE, STEP)
    rows, reason = sweep(measure, target_ms, start=start, step=step)
    if rows or number == 1:
        session.put_knee(knee_of(stack.name, workload.name, rows, target_ms, reason, number))


def point_seconds(rate: float) -> float:
    """Return how long a rate is measured: longer where it makes few requests, within bounds."""
    return min(max(SECONDS, FOR_P99 / rate), MOST_SECONDS)


def sweep(
    measure: Measure, target_ms: float, *, start: float = FIRST_RATE, step: float = STEP
) -> tuple[list[Row], str]:
    """Measure rates until the knee is narrow. Return the rows, and why the sweep ended early."""
    rows: list[Row] = []
    kept, failed, rate = 0.0, inf, start
    for _ in range(MOST_RATES):
        tried: list[Row] = []
        while (held := outcome(tried, target_ms)) is None:
            row = measure(rate, len(tried) + 1)
            if row is None:
                return rows, "The time was up before the knee was narrow."
            tried.append(row)
            rows.append(row)
            bad = [one for one in tried if one.validity != "valid"]
            if len(bad) == MOST_UNUSABLE:
                return rows, f"The point at {rate:.0f} a second is {row.validity}: {row.why}."
        if held:
            kept = rate
        else:
            failed = rate
        if failed < inf and kept and failed / kept <= NARROW:
            break
        rate = _next_rate(kept, failed, step)
        if not 1 <= rate <= HIGHEST_RATE:
            break
    return rows, ""


def outcome(tried: Sequence[Row], target_ms: float) -> bool | None:
    """Tell whether a rate was sustained, None while that is open.

    It was when its first row says so. After a failure the rate is tried again, and two rows that
    agree decide: what disturbs the machine for a second must not end a sweep.
    """
    said = [sustained(row, target_ms) for row in tried if row.validity == "valid"]
    if said == [True] or said.count(True) == 2:
        return True
    return False if said.count(False) == 2 else None


def _next_rate(kept: float, failed: float, step: float) -> float:
    if failed == inf:
        return kept * step
    # The middle on a scale of ratios: between 100 and 400 lies 200.
    return sqrt(kept * failed) if kept else failed / step


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


def rate_of(row: Row) -> float:
    """Return the rate that a point was to have. With random arrivals, it gets nearly that many."""
    return float(row.details.get("rate", row.offered or 0))


def knee_of(
    stack: str,
    workload: str,
    rows: Sequence[Row],
    target_ms: float,
    reason: str = "",
    number: int = 1,
) -> Knee:
    """Return what the points of a sweep say."""
    tried: dict[float, list[Row]] = {}
    for row in rows:
        tried.setdefault(rate_of(row), []).append(row)
    held = {rate: outcome(points, target_ms) for rate, points in tried.items()}
    bad = [rate for rate, one in held.items() if one is False]
    # A rate that was kept above one that was not is luck: the knee lies below the failure.
    believed = [rate for rate, one in held.items() if one and (not bad or rate < min(bad))]
    rate = max(believed, default=None)
    if rate is None:
        why = "No rate was sustained." if bad else "No rate could be judged."
    elif not bad:
        why = f"{rate:.0f} a second were sustained, and no higher rate failed."
    else:
        why = f"{rate:.0f} a second were sustained and {min(bad):.0f} were not."
    return Knee(
        stack=stack,
        workload=workload,
        sweep=number,
        target_ms=target_ms,
        points=[row.id for row in sorted(rows, key=rate_of)],
        rate=rate,
        failed=min(bad, default=None),
        bounded=bool(bad),
        why=f"{why} {reason}".strip(),
    )

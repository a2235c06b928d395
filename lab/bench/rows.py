"""From a recording to a row of the results: units, checks, and whether the row is valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from lab.bench.load.ceiling import Ceiling, generator_bound
from lab.bench.load.histogram import Distribution
from lab.bench.load.plan import Open
from lab.bench.load.recording import Recording
from lab.bench.results import Check, Latency, Ledger, Row, Validity

Engine = Literal["open-loop", "closed-loop", "locust"]


def make_row(
    *,
    identity: str,
    stack: str,
    title: str,
    workload: str,
    ledger: Ledger,
    recording: Recording,
    ceiling: Ceiling | None,
    checks: Sequence[Check],
    server_cpu: float | None,
    server_memory_mb: float | None,
    details: Mapping[str, Any],
    target_ms: float | None = None,
) -> Row:
    """Return the row that a recording makes. `target_ms` is what its p99 is to be under, if any."""
    bounds = generator_bound(recording, ceiling, target=(target_ms or 0) / 1000)
    validity, why = judge(checks, bounds)
    wrong = {f"status-{status}": count for status, count in recording.statuses.items()}
    wrong.pop(f"status-{recording.plan.expect}", None)
    return Row(
        id=identity,
        stack=stack,
        title=title,
        workload=workload,
        engine=engine_of(recording),
        ledger=ledger,
        started_at=datetime.fromtimestamp(recording.started, UTC).isoformat(timespec="seconds"),
        seconds=recording.seconds,
        connections=recording.plan.connections,
        offered=recording.offered if isinstance(recording.plan.shape, Open) else None,
        planned=recording.planned,
        sent=recording.sent,
        answered=recording.good + recording.wrong_status,
        good=recording.good,
        errors={**wrong, **recording.errors},
        unanswered=recording.unanswered + recording.unsent,
        throughput=recording.throughput,
        latency=latency_of(recording.latency),
        service=latency_of(recording.service),
        in_flight=recording.mean_in_flight,
        bytes_received=recording.bytes_in,
        connections_opened=recording.connections_opened,
        generator_cpu=recording.generator.cpu_share,
        ceiling=None if ceiling is None else ceiling.throughput,
        server_cpu=server_cpu,
        server_memory_mb=server_memory_mb,
        checks=list(checks),
        validity=validity,
        why=why,
        details={**details} if target_ms is None else {**details, "target_ms": target_ms},
    )


def judge(checks: Sequence[Check], bounds: Sequence[str]) -> tuple[Validity, str]:
    """Say whether a row is valid, and why not."""
    broken = [f"{one.name}: expected {one.expected}, found {one.found}" for one in checks]
    broken = [text for one, text in zip(checks, broken, strict=True) if not one.held]
    if broken:
        return "invalid", "; ".join(broken)
    if bounds:
        return "generator-bound", "; ".join(bounds)
    return "valid", ""


def engine_of(recording: Recording) -> Engine:
    """Return which kind of load a recording is of."""
    if recording.generator.engine == "locust":
        return "locust"
    return "open-loop" if isinstance(recording.plan.shape, Open) else "closed-loop"


def latency_of(times: Distribution) -> Latency | None:
    """Return a distribution in milliseconds; None when it is empty."""
    if not times.count:
        return None
    return Latency(
        count=times.count,
        mean=times.mean * 1000,
        p50=times.at(50) * 1000,
        p90=times.at(90) * 1000,
        p99=times.at(99) * 1000,
        p999=times.at(99.9) * 1000,
        longest=times.most * 1000,
        hdr=times.histogram,
    )

"""Laws that a row must obey whatever the servers do. A row that breaks one is invalid.

Tolerances follow from counts: at each end of the measured part, at most as many requests as there
are connections lie half inside it. They do not depend on how fast a machine is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lab.bench.load.plan import Closed
from lab.bench.load.recording import BalanceError, Recording
from lab.bench.results import Check

HEAD_BYTES = (60, 2_000)  # what the head of an answer has at least and at most
BODY_GROWTH = 1.5  # answers to other requests of the workload may be that much longer
MOST_MISSING = 0.01  # share of the planned requests
TIMER_MS = 1.0  # what a timer may be early
TICK = 0.01  # seconds: in such steps the system counts processor time


@dataclass(frozen=True)
class Expected:
    """What is known of a row beforehand."""

    slots: int | None = None
    wait_ms: float = 0
    body_bytes: int | None = None
    ceiling: float | None = None
    lossy: bool = False
    cores: int | None = None
    server_cpu: float | None = None


def check_row(recording: Recording, expected: Expected) -> list[Check]:
    """Return every check that can be made of a recording."""
    return [
        *_counts(recording),
        _little(recording),
        *_in_flight(recording),
        *_waits(recording, expected),
        *_bytes(recording, expected.body_bytes),
        *_ceiling(recording, expected.ceiling),
        *_processor(recording, expected),
        *_answers(recording, lossy=expected.lossy),
    ]


def _counts(recording: Recording) -> Iterator[Check]:
    try:
        recording.check()
        found, held = "they do", True
    except BalanceError as error:
        found, held = str(error), False
    yield Check(
        name="counts",
        expected="good, wrong, failed and unanswered requests add up to the planned ones",
        found=found,
        held=held,
    )


def _little(recording: Recording) -> Check:
    """Little's law: the mean number in flight is the rate times the mean time in flight."""
    service = recording.service
    inside = recording.mean_in_flight * recording.seconds
    summed = service.mean * service.count
    edges = 2 * recording.plan.connections * max(service.most, recording.latency.most)
    # What failed was in flight as well, and no longer than its timeout.
    failed = (recording.planned - recording.good) * recording.plan.timeout
    low, high = max(0.0, summed - edges), summed + edges + failed
    return Check(
        name="Little's law",
        expected=f"{low:.3g} to {high:.3g} request-seconds in flight: {service.count:,} answers "
        f"of {service.mean * 1000:.3g} ms, and what lies across the ends",
        found=f"{inside:.3g} request-seconds",
        held=low * 0.999 <= inside <= high * 1.001,  # histograms keep three digits
    )


def _in_flight(recording: Recording) -> Iterator[Check]:
    most = recording.plan.connections
    yield Check(
        name="connections",
        expected=f"at most {most} requests in flight at once",
        found=f"{recording.mean_in_flight:.2f} on average",
        held=recording.mean_in_flight <= most * 1.001,
    )


def _completed(recording: Recording) -> int:
    return sum(second.good + second.bad for second in recording.per_second)


def _waits(recording: Recording, expected: Expected) -> Iterator[Check]:
    """What waits can be no faster than its wait, and each slot answers one wait at a time."""
    if not expected.wait_ms or not recording.good or recording.plan.expect != 200:
        return
    least = recording.service.least * 1000
    yield Check(
        name="no answer before its wait",
        expected=f"at least {expected.wait_ms:g} ms",
        found=f"{least:.1f} ms",
        held=least >= expected.wait_ms - TIMER_MS,
    )
    if expected.slots is None:
        return
    wait = (expected.wait_ms - TIMER_MS) / 1000
    good = sum(second.good for second in recording.per_second)
    most = expected.slots * (recording.seconds / wait + 1)
    yield Check(
        name="slots over latency",
        expected=f"at most {most:,.0f} answers: {expected.slots} slots, {expected.wait_ms:g} ms "
        f"each, in {recording.seconds:.2f} s",
        found=f"{good:,}",
        held=good <= most,
    )


def _bytes(recording: Recording, body: int | None) -> Iterator[Check]:
    if body is None or recording.bytes_in is None or recording.wrong_status:
        return
    good, edge = _completed(recording), recording.plan.connections
    low = max(0, good - edge) * (HEAD_BYTES[0] + body / BODY_GROWTH)
    high = (good + edge) * (HEAD_BYTES[1] + body * BODY_GROWTH)
    yield Check(
        name="bytes",
        expected=f"{low:,.0f} to {high:,.0f} bytes: {good:,} answers, each of a head and a "
        f"body of about {body:,}",
        found=f"{recording.bytes_in:,}",
        held=low <= recording.bytes_in <= high,
    )


def _ceiling(recording: Recording, ceiling: float | None) -> Iterator[Check]:
    if ceiling is not None:
        yield Check(
            name="ceiling",
            expected=f"below the {ceiling:,.0f} a second that the generator reaches against a "
            "server that does nothing",
            found=f"{recording.throughput:,.0f}",
            held=recording.throughput <= ceiling,
        )


def _processor(recording: Recording, expected: Expected) -> Iterator[Check]:
    if expected.server_cpu is not None and expected.cores is not None:
        steps = 4 * TICK / recording.seconds
        yield Check(
            name="processor",
            expected=f"the server used at most {expected.cores} of the cores",
            found=f"{expected.server_cpu:.2f}",
            held=expected.server_cpu <= expected.cores * 1.02 + steps,
        )


def _answers(recording: Recording, *, lossy: bool) -> Iterator[Check]:
    """Answers that fail are quick and prove nothing: a row with many of them measures the error."""
    if lossy:
        return
    missing = recording.planned - recording.good
    # A closed loop that is stopped always leaves what is in flight: the run waits for it.
    allowed = recording.planned * MOST_MISSING
    kind = "closed" if isinstance(recording.plan.shape, Closed) else "open"
    yield Check(
        name="answers",
        expected=f"status {recording.plan.expect} for all but {MOST_MISSING:.0%} of "
        f"{recording.planned:,} requests ({kind} loop)",
        found=f"{missing:,} missing",
        held=recording.planned > 0 and missing <= allowed,
    )

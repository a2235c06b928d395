"""What one run of load has seen, with everything that is needed to check it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from lab.bench.load.histogram import Distribution
from lab.bench.load.plan import Plan

Key = TypeVar("Key")

# The kinds of errors, and what each means.
ERRORS = {
    "refused": "nobody listens on the port",
    "reset": "the server broke the connection off",
    "cut": "the connection ended before the answer was whole",
    "timeout": "no whole answer within the timeout",
    "unreadable": "what came is not HTTP",
    "unconnected": "no connection, for a reason of this machine, such as too many open files",
    "failed": "an error that the engine does not tell apart",
}


class BalanceError(ValueError):
    """The counts of a recording do not add up: its figures must not be used."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Second(_Data):
    """One second of the measurement: what was completed in it."""

    good: int
    bad: int = Field(description="wrong statuses and errors")
    worst: float = Field(description="the longest latency of a good answer, in seconds")


class SlowOnes(_Data):
    """What became of the requests of the slow clients, over the whole run."""

    begun: int
    answered: int
    cut: int = Field(description="refused, or ended by the server before an answer")
    unfinished: int = Field(description="still being sent, or without an answer, at the end")


class Generator(_Data):
    """The state of the generator itself while it measured."""

    engine: Literal["asyncio", "locust"] = "asyncio"
    processes: int = 1
    event_loop: str = Field(description="uvloop, asyncio or gevent")
    host: str = Field(default="", description="the machine's name: cores of two are not the same")
    core: int | None = Field(description="the core it was pinned to; null where it was not")
    cpu_share: float = Field(
        description="of one core, 0 to 1: of the busiest process, or of all that shared a core"
    )
    waiting_share: float | None = Field(
        description="of the time: it could have run but others had its core; null when not known"
    )
    fine_timer: bool = Field(description="whether the schedule is kept to less than 1 ms")
    lag: Distribution = Field(description="from the schedule's start to when it was acted on")


class Recording(_Data):
    """What the requests of the measurement have met. All times are in seconds.

    A request belongs to the measurement when its intended start lies in the window, which begins
    after the warm-up. Each one ends in one of `good`, `wrong_status`, `errors`, `unanswered` or
    `unsent`; `check` holds them to their sum. `latency` and `service` are of the good ones: latency
    from the intended start, service from the actual send. `per_second`, bytes, connections and the
    means in flight and queued are of what happened within the window, warm-up requests that ended
    in it included.
    """

    plan: Plan
    generator: Generator
    started: float = Field(description="begin of the window: seconds since 1970, UTC")
    seconds: float = Field(description="length of the window")
    planned: int = Field(description="requests whose start lay in the window")
    sent: int
    good: int
    wrong_status: int
    statuses: dict[int, int]
    errors: dict[str, int] = Field(description="by kind, see ERRORS")
    unanswered: int = Field(description="sent, and without an answer when the run ended")
    unsent: int = Field(description="never sent: no connection came free before the run ended")
    latency: Distribution
    service: Distribution
    per_second: tuple[Second, ...]
    mean_in_flight: float = Field(description="requests between send and answer, over time")
    # With Locust these are not known: null.
    mean_queued: float | None = Field(description="requests that waited to be sent, over time")
    bytes_in: int | None
    bytes_out: int | None
    connections_opened: int | None
    connections_opened_before: int | None = Field(description="during the warm-up")
    slow: SlowOnes | None = None

    @property
    def throughput(self) -> float:
        """Good answers that arrived in the window, per second."""
        return sum(second.good for second in self.per_second) / self.seconds

    @property
    def offered(self) -> float:
        """Requests that were to start, per second."""
        return self.planned / self.seconds

    @property
    def missing(self) -> int:
        """Requests without a good answer."""
        return self.planned - self.good

    def latency_at(self, percentile: float) -> float:
        """Return the latency that so many percent of all planned requests kept.

        One without a good answer counts as infinitely late: dropping the worst would make a bad
        server look good. `latency.at` is of the good answers alone.
        """
        if not self.planned:
            return math.nan
        # Of which good answer is this the rank? The epsilon is for 99 % of 100.
        rank = math.ceil(self.planned * percentile / 100 - 1e-9)
        if rank > self.good:
            return math.inf
        return self.latency.at(100 * rank / self.good if self.missing else percentile)

    def check(self) -> Self:
        """Return itself.

        Raises BalanceError when a request was counted twice or was lost.
        """
        ended = self.good + self.wrong_status + sum(self.errors.values())
        sums = {
            "all ends": (ended + self.unanswered + self.unsent, "planned", self.planned),
            "statuses": (sum(self.statuses.values()), "answered", self.good + self.wrong_status),
            "latencies": (self.latency.count, "good", self.good),
            "service times": (self.service.count, "good", self.good),
        }
        wrong = [
            f"{name}: {left} against {other}: {right}"
            for name, (left, other, right) in sums.items()
            if left != right
        ]
        if wrong:
            raise BalanceError(f"the counts do not add up: {'; '.join(wrong)}")
        return self


def merge(recordings: Sequence[Recording], *, together: bool) -> Recording:
    """Return one recording of several.

    With `together` they ran at the same time against one server, so that their rates add up. Else
    they ran one after another, and their windows do. The plan is the first one's.

    Raises ValueError when there is none, or when one after another is asked of different plans.
    """
    if not recordings:
        raise ValueError("there is no recording to merge")
    first = recordings[0]
    if not together and any(one.plan != first.plan for one in recordings):
        raise ValueError("recordings of different plans cannot be pooled")
    whole = sum(one.seconds for one in recordings)
    seconds = max(one.seconds for one in recordings) if together else whole
    return Recording(
        plan=first.plan,
        generator=_merged_generators(recordings, together=together),
        started=min(one.started for one in recordings),
        seconds=seconds,
        statuses=_sums([one.statuses for one in recordings]),
        errors=_sums([one.errors for one in recordings]),
        latency=Distribution.merged(one.latency for one in recordings),
        service=Distribution.merged(one.service for one in recordings),
        per_second=_seconds(recordings, together=together),
        mean_in_flight=sum(one.mean_in_flight * one.seconds for one in recordings) / seconds,
        mean_queued=_mean_queued(recordings, seconds),
        slow=_merged_slow([one.slow for one in recordings if one.slow]),
        **{name: _sum([getattr(one, name) for one in recordings]) for name in _COUNTS},
    )


_COUNTS = (
    *("planned", "sent", "good", "wrong_status", "unanswered", "unsent"),
    *("bytes_in", "bytes_out", "connections_opened", "connections_opened_before"),
)


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _mean_queued(recordings: Sequence[Recording], seconds: float) -> float | None:
    parts = [one.mean_queued * one.seconds for one in recordings if one.mean_queued is not None]
    return sum(parts) / seconds if len(parts) == len(recordings) else None


def _sums(counts: Sequence[dict[Key, int]]) -> dict[Key, int]:
    total: Counter[Key] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


def _seconds(recordings: Sequence[Recording], *, together: bool) -> tuple[Second, ...]:
    if not together:
        return tuple(second for one in recordings for second in one.per_second)
    none = Second(good=0, bad=0, worst=0)
    return tuple(
        Second(
            good=sum(one.good for one in same),
            bad=sum(one.bad for one in same),
            worst=max(one.worst for one in same),
        )
        for same in zip_longest(*(one.per_second for one in recordings), fillvalue=none)
    )


def _merged_generators(recordings: Sequence[Recording], *, together: bool) -> Generator:
    all_of_them = [one.generator for one in recordings]
    first = all_of_them[0]
    waits = [one.waiting_share for one in all_of_them if one.waiting_share is not None]
    cores = {one.core for one in all_of_them}
    return first.model_copy(
        update={
            "processes": sum(one.processes for one in all_of_them) if together else first.processes,
            "core": first.core if len(cores) == 1 else None,
            "cpu_share": _busiest(all_of_them, together=together),
            "waiting_share": max(waits) if waits else None,
            "fine_timer": all(one.fine_timer for one in all_of_them),
            "lag": Distribution.merged(one.lag for one in all_of_them),
        }
    )


def _busiest(all_of_them: Sequence[Generator], *, together: bool) -> float:
    """Return the share of the busiest core: processes that were pinned to one have it together."""
    shares: dict[object, float] = {}
    for place, one in enumerate(all_of_them):
        alone = one.core is None or not together
        where = place if alone else (one.host, one.core)
        shares[where] = shares.get(where, 0.0) + one.cpu_share
    return max(shares.values())


def _merged_slow(all_of_them: Sequence[SlowOnes]) -> SlowOnes | None:
    if not all_of_them:
        return None
    names = SlowOnes.model_fields
    return SlowOnes(**{name: sum(getattr(one, name) for one in all_of_them) for name in names})

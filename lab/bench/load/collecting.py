"""What a run notes down while it runs: little for each request, and all the sums at the end."""

from __future__ import annotations

import platform
import time
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lab.bench.load.histogram import Distribution
from lab.bench.load.plan import Plan
from lab.bench.load.recording import Generator, Recording, Second, SlowOnes

clock = time.perf_counter


class Gauge:
    """A number that goes up and down, and its mean over time."""

    def __init__(self) -> None:
        self.now = 0
        self._area = 0.0
        self._since = clock()

    def change(self, by: int, moment: float) -> None:
        """Note that it changed at this moment."""
        self._area += self.now * (moment - self._since)
        self._since = moment
        self.now += by

    def area(self, moment: float) -> float:
        """Return the integral up to this moment."""
        self.change(0, moment)
        return self._area


@dataclass(frozen=True)
class Marks:
    """What is read at the begin and the end of the window."""

    moment: float
    processor: float  # seconds that this process has used
    waiting: float | None  # seconds that it could have run and did not
    in_flight: float
    queued: float
    bytes_in: int
    bytes_out: int
    opened: int


class Collector:
    """Counts and times of one run. A request is known by its intended start."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.begin = self.end = float("inf")  # of the window; set by the generator
        self.in_flight, self.queued = Gauge(), Gauge()
        self.bytes_out = self.opened = self.sent = 0
        self.wrong_status = self.unanswered = self.unsent = 0
        self.statuses: Counter[int] = Counter()
        self.errors: Counter[str] = Counter()
        # Of every good answer, the warm-up's too: they may come within the window.
        self.intended, self.sent_at, self.done_at = array("d"), array("d"), array("d")
        self.bad_at = array("d")
        self.lags = array("d")
        self._marks: list[Marks] = []

    def answered(self, intended: float, sent: float, done: float, status: int) -> None:
        """Note a whole answer."""
        good = status == self.plan.expect
        if good:
            self.intended.append(intended)
            self.sent_at.append(sent)
            self.done_at.append(done)
        else:
            self.bad_at.append(done)
        if intended >= self.begin:
            self.statuses[status] += 1
            self.wrong_status += not good

    def failed(self, intended: float, error: str, now: float) -> None:
        """Note a request that ended in an error."""
        self.bad_at.append(now)
        if intended >= self.begin:
            self.errors[error] += 1

    def mark(self, bytes_in: int) -> None:
        """Read everything: called at the begin and at the end of the window."""
        now = clock()
        self._marks.append(
            Marks(
                moment=now,
                processor=time.process_time(),
                waiting=_seconds_without_core(),
                in_flight=self.in_flight.area(now),
                queued=self.queued.area(now),
                bytes_in=bytes_in,
                bytes_out=self.bytes_out,
                opened=self.opened,
            )
        )

    def recording(
        self,
        *,
        planned: int,
        started: float,
        event_loop: str,
        core: int | None,
        fine_timer: bool,
        slow: SlowOnes | None,
        engine: Literal["asyncio", "locust"] = "asyncio",
    ) -> Recording:
        """Return the sums. Raises BalanceError when they are wrong."""
        first, last = self._marks
        length = last.moment - first.moment
        intended, sent, done = (np.array(a) for a in (self.intended, self.sent_at, self.done_at))
        measured = intended >= self.begin
        own = engine == "asyncio"

        def share(value: Callable[[Marks], float]) -> float:
            return (value(last) - value(first)) / length

        return Recording(
            plan=self.plan,
            generator=Generator(
                engine=engine,
                event_loop=event_loop,
                host=platform.node(),
                core=core,
                cpu_share=share(lambda marks: marks.processor),
                waiting_share=(
                    None if first.waiting is None else share(lambda marks: marks.waiting or 0)
                ),
                fine_timer=fine_timer,
                lag=Distribution.of(np.array(self.lags)),
            ),
            started=started,
            seconds=self.end - self.begin,
            planned=planned,
            sent=self.sent,
            good=int(measured.sum()),
            wrong_status=self.wrong_status,
            statuses=dict(self.statuses),
            errors=dict(self.errors),
            unanswered=self.unanswered,
            unsent=self.unsent,
            latency=Distribution.of((done - intended)[measured]),
            service=Distribution.of((done - sent)[measured]),
            per_second=self._per_second(done, done - intended),
            mean_in_flight=share(lambda marks: marks.in_flight),
            # Locust does not tell what happens on its connections.
            mean_queued=share(lambda marks: marks.queued) if own else None,
            bytes_in=last.bytes_in - first.bytes_in if own else None,
            bytes_out=last.bytes_out - first.bytes_out if own else None,
            connections_opened=last.opened - first.opened if own else None,
            connections_opened_before=first.opened if own else None,
            slow=slow,
        ).check()

    def _per_second(
        self, done: NDArray[np.float64], latencies: NDArray[np.float64]
    ) -> tuple[Second, ...]:
        number = max(1, int(np.ceil(self.end - self.begin - 1e-3)))

        def place(moments: NDArray[np.float64]) -> NDArray[np.int64]:
            inside = (moments >= self.begin) & (moments < self.end)
            which = np.minimum((moments - self.begin).astype(np.int64), number - 1)
            return np.where(inside, which, -1)

        good, bad = place(done), place(np.array(self.bad_at))
        return tuple(
            Second(
                good=int((good == second).sum()),
                bad=int((bad == second).sum()),
                worst=float(latencies[good == second].max(initial=0.0)),
            )
            for second in range(number)
        )


def _seconds_without_core() -> float | None:
    """Return how long this thread was ready to run without getting a core, where Linux says so."""
    try:
        waited = Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return None
    return int(waited) / 1e9

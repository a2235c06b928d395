"""Which request a connection takes next: the closed and the open loop."""

from __future__ import annotations

import asyncio
from collections import deque

from lab.bench.load.alarm import Alarm
from lab.bench.load.collecting import Collector, clock
from lab.bench.load.plan import Closed, Open, Plan
from lab.bench.load.pool import PAUSE, Pool
from lab.bench.load.targets import Target


class ClosedLoop(Pool):
    """Each connection asks again as soon as it was answered."""

    _warm_up = 0

    def start(self, zero: float) -> None:
        """Let every connection ask, and none too early: it would belong to the warm-up."""
        if (left := zero - clock()) > 0:
            self._loop.call_later(left + 0.001, self.start, zero)
            return
        for _ in range(self.plan.connections):
            self._fill()

    def take(self, now: float) -> float | None:
        """Return this moment, until it was enough."""
        if self._stopped:
            return None
        if now < self._collector.begin:
            # The warm-up has the same limit, and what it stops goes on with the measurement.
            if self._warm_up >= self.plan.most_requests:
                self._loop.call_later(PAUSE, self._ask_again)
                return None
            self._warm_up += 1
        elif self.planned >= self.plan.most_requests:
            self.full.set()
            return None
        else:
            self.planned += 1
        return now

    def _ask_again(self) -> None:
        now = clock()
        if self._free and (intended := self.take(now)) is not None:
            self._send(self._free.pop(), intended, now)
        elif not self._free:
            self._fill()


class OpenLoop(Pool):
    """Requests start when the schedule says so; those without a connection wait for one."""

    def __init__(
        self, plan: Plan, target: Target, collector: Collector, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(plan, target, collector, loop)
        assert isinstance(plan.shape, Open)
        self._offsets = plan.shape.schedule(plan.warm_up + plan.seconds)
        self._schedule: list[float] = []
        self._place = 0
        self._waiting: deque[float] = deque()
        self._alarm = Alarm(loop, self._keep_schedule)
        self.has_fine_timer = self._alarm.fine

    def start(self, zero: float) -> None:
        """Fix the schedule and set the alarm."""
        moments = self._offsets + zero
        self.planned = int((moments >= self._collector.begin).sum())
        self._schedule = moments.tolist()
        self._keep_schedule()

    def take(self, now: float) -> float | None:
        """Return the start of the request that has waited longest."""
        if not self._waiting:
            return None
        self._collector.queued.change(-1, now)
        return self._waiting.popleft()

    def unstarted(self) -> list[float]:
        """Return what waits, and what is due and was not looked at yet."""
        return [*self._waiting, *self._schedule[self._place :]]

    def close(self) -> None:
        """Let no more requests start."""
        super().close()
        self._alarm.close()

    def _keep_schedule(self) -> None:
        schedule, now = self._schedule, clock()
        while self._place < len(schedule) and schedule[self._place] <= now:
            intended = schedule[self._place]
            self._place += 1
            now = clock()
            if intended >= self._collector.begin:
                self._collector.lags.append(now - intended)
            if self._free:
                self._send(self._free.pop(), intended, now)
            elif len(self._connections) < self.plan.connections:
                self._connect(intended, now)
            else:
                self._waiting.append(intended)
                self._collector.queued.change(1, now)
        if self._place < len(schedule):
            self._alarm.set(schedule[self._place])


def make_pool(
    plan: Plan, target: Target, collector: Collector, loop: asyncio.AbstractEventLoop
) -> Pool:
    """Return the pool for the plan's shape."""
    kind = ClosedLoop if isinstance(plan.shape, Closed) else OpenLoop
    return kind(plan, target, collector, loop)

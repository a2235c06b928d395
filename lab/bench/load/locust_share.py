"""One Locust worker's share of a plan: when its users ask, and what they meet."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import numpy as np
from geventhttpclient.response import HTTPConnectionClosed  # type: ignore[import-not-found, unused-ignore]
from numpy.typing import NDArray

from lab.bench.load.collecting import Collector, clock
from lab.bench.load.plan import Open, Plan, Request
from lab.bench.load.recording import Recording

Send = Callable[..., Any]  # Locust's FastHttpSession.request: errors are in its answer too


class Share:
    """What the users of one worker do together. Moments are of `time.perf_counter`."""

    def __init__(
        self, plan: Plan, *, number: int, workers: int, zero: float, core: int | None
    ) -> None:
        """`number` is this worker's among `workers`; `zero` the common begin, as UTC seconds."""
        self.plan = plan
        self.core = core
        self._workers = workers
        self._ordinals = itertools.count(number, workers)  # of users, over all workers
        self._limit = -(-plan.most_requests // workers)
        self._zero = clock() + zero - time.time()
        self._collector = Collector(plan)
        self._collector.begin = self._zero + plan.warm_up
        self._collector.end = self._collector.begin + plan.seconds
        self._requests = itertools.cycle(plan.requests)
        self._planned = self._busy = self._left = 0
        self._users = 0

    def run(self) -> Recording:
        """Wait for the end, and return what the users have met meanwhile."""
        collector = self._collector
        _sleep_until(collector.begin)
        collector.mark(0)
        _sleep_until(collector.end)
        collector.mark(0)
        latest = clock() + self.plan.timeout
        while self._busy and clock() < latest:
            gevent.sleep(0.01)
        collector.unsent = self._planned - collector.sent
        ended = sum(collector.statuses.values()) + sum(collector.errors.values())
        collector.unanswered = collector.sent - ended
        return collector.recording(
            planned=self._planned,
            started=time.time() - (clock() - collector.begin),
            event_loop="gevent",
            core=self.core,
            fine_timer=False,
            slow=None,
            engine="locust",
        )

    def follow(self, send: Send) -> None:
        """Be one user."""
        begin, end = self._collector.begin, self._collector.end
        latest = end + self.plan.timeout
        starts = self._starts(next(self._ordinals))
        if starts is not None:
            self._planned += int(((starts >= begin) & (starts < end)).sum())
        self._busy += 1
        free = self._zero
        for intended in self._moments(starts):
            _sleep_until(intended)
            now = clock()
            if now >= latest:
                break
            if starts is not None and intended >= begin:
                # What is due while the user still waits for an answer is the server's delay.
                self._collector.lags.append(now - max(intended, free))
            self._ask(send, intended if starts is not None else now, now)
            free = clock()
        self._busy -= 1

    def _starts(self, ordinal: int) -> NDArray[np.float64] | None:
        """Return when this user is to ask, None in a closed loop.

        All users together make the plan's schedule: every connection gets an equal part of it.
        """
        shape, users = self.plan.shape, self.plan.connections
        if not isinstance(shape, Open):
            return None
        seconds = self.plan.warm_up + self.plan.seconds
        if shape.arrivals == "uniform":
            return self._zero + np.arange(ordinal / shape.rate, seconds, users / shape.rate)
        part = Open(rate=shape.rate / users, arrivals="poisson", seed=shape.seed * 10_007 + ordinal)
        return self._zero + part.schedule(seconds)

    def _moments(self, starts: NDArray[np.float64] | None) -> Iterator[float]:
        if starts is not None:
            yield from starts.tolist()
            return
        _sleep_until(self._zero)
        while (now := clock()) < self._collector.end and self._planned < self._limit:
            self._planned += now >= self._collector.begin
            yield now

    def _ask(self, send: Send, intended: float, now: float) -> None:
        collector, request = self._collector, next(self._requests)
        measured = intended >= collector.begin
        collector.sent += measured
        collector.in_flight.change(1, now)
        answer = send(
            request.method,
            request.path,
            data=request.body or None,
            headers=_headers(request, keep_alive=self.plan.keep_alive),
            allow_redirects=False,
        )
        done = clock()
        collector.in_flight.change(-1, done)
        if answer.status_code:
            collector.answered(intended, now, done, answer.status_code)
        else:
            collector.failed(intended, kind_of(answer.error), done)


def _headers(request: Request, *, keep_alive: bool) -> dict[str, str]:
    # Locust would ask for compressed answers, which our own generator does not.
    headers = {"Accept-Encoding": "identity", **request.headers}
    return headers if keep_alive else {**headers, "Connection": "close"}


def kind_of(error: BaseException) -> str:
    """Return the kind of error, as recordings name it."""
    kinds: dict[str, tuple[type[BaseException], ...]] = {
        "refused": (ConnectionRefusedError,),
        "reset": (ConnectionResetError, BrokenPipeError),
        "cut": (HTTPConnectionClosed,),
        "timeout": (TimeoutError, gevent.Timeout),
    }
    cause: BaseException | None = error
    while cause is not None:
        for kind, types in kinds.items():
            if isinstance(cause, types):
                return kind
        cause = cause.__cause__ or cause.__context__
    return "failed"


def _sleep_until(moment: float) -> None:
    if (left := moment - clock()) > 0:
        gevent.sleep(left)

"""What tracing costs: the same stack with and without it, in pairs, under full load."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

import numpy as np

from lab import servers
from lab.bench.declaring import BenchStack
from lab.bench.load.plan import Plan, Request
from lab.bench.load.process import run
from lab.bench.pinning import choose_cores, pin
from lab.bench.results import Interval
from lab.bench.stacks import SETTINGS
from lab.bench.statistics import interval
from lab.bench.trace.run import TraceError, wrapped
from lab.bench.usage import Usage
from lab.bench.workloads import WORKLOADS

PAIRS: Final = 8
SECONDS: Final = 1.0  # processor time is counted in hundredths of a second
WARM_UP: Final = 0.2
CONNECTIONS: Final = 4
BUSY: Final = ("predict-one", "blocking")  # what a stack is asked for: the first that it serves


@dataclass(frozen=True)
class Overhead:
    """What tracing costs, each as a ratio of the traced stack to the plain one."""

    throughput: Interval
    processor: Interval | None
    """Of the server's processor time for a request; None where it cannot be seen."""


@dataclass(frozen=True)
class _Half:
    throughput: float
    processor: float | None  # seconds a request


def measure_overhead(
    stack: BenchStack,
    *,
    pairs: int = PAIRS,
    seed: int = 0,
    on_pair: Callable[[int], None] | None = None,
) -> Overhead:
    """Return what tracing costs, from pairs in random order: one half with it, one without.

    Raises TraceError when the server gave no good answer in some part of a pair.
    """
    requests = _requests(stack)
    order = random.Random(seed)
    halves: list[tuple[_Half, _Half]] = []
    with contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="trace-")))
        plain = dataclasses.replace(stack, environment={**SETTINGS, **stack.environment})
        both = [
            opened.enter_context(servers.running(one)) for one in (plain, wrapped(stack, folder))
        ]
        cores = choose_cores()
        for server in both:
            pin(server.processes(), cores.server)
        for pair in range(pairs):
            measured = {
                server.url: _half(server, requests, cores.generator)
                for server in order.sample(both, 2)
            }
            halves.append((measured[both[0].url], measured[both[1].url]))
            if on_pair:
                on_pair(pair + 1)
    throughput = _ratio([(plain.throughput, traced.throughput) for plain, traced in halves], seed)
    if throughput is None:
        raise TraceError("At least two pairs are needed for a ratio.")
    seen = [
        (plain.processor, traced.processor)
        for plain, traced in halves
        if plain.processor and traced.processor
    ]
    return Overhead(throughput, _ratio(seen, seed))


def _ratio(pairs: Sequence[tuple[float, float]], seed: int) -> Interval | None:
    return interval(np.array([log(traced / plain) for plain, traced in pairs]), seed)


def _requests(stack: BenchStack) -> tuple[Request, ...]:
    for name in BUSY:
        if WORKLOADS[name].endpoint in stack.serves:
            asked = WORKLOADS[name].requests()
            # Only requests with an id are traced, and both get the same ones.
            return tuple(
                one.model_copy(update={"headers": {**one.headers, "X-Request-ID": "overhead"}})
                for one in asked
            )
    raise TraceError(f"The stack '{stack.name}' serves none of {', '.join(BUSY)}.")


def _half(server: servers.Server, requests: Sequence[Request], core: int | None) -> _Half:
    plan = Plan(
        url=server.url,
        requests=tuple(requests),
        seconds=SECONDS,
        warm_up=WARM_UP,
        connections=CONNECTIONS,
    )
    with Usage(server.processes) as usage:
        recording = run(plan, core)
    if recording.throughput <= 0:
        raise TraceError(f"The server at {server.url} gave no good answer in {SECONDS:g} s.")
    cores = usage.cores(recording.started, recording.seconds)
    return _Half(recording.throughput, None if cores is None else cores / recording.throughput)

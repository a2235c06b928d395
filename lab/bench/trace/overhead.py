"""What tracing costs: the same stack with and without it, in pairs, under full load."""

from __future__ import annotations

import contextlib
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from lab import servers
from lab.bench.declaring import BenchStack
from lab.bench.load.plan import Plan, Request
from lab.bench.load.process import run
from lab.bench.pinning import choose_cores, pin
from lab.bench.results import Interval
from lab.bench.statistics import interval
from lab.bench.trace.run import TraceError, wrapped
from lab.bench.workloads import WORKLOADS

PAIRS: Final = 8
SECONDS: Final = 0.5
WARM_UP: Final = 0.2
CONNECTIONS: Final = 4
BUSY: Final = ("predict-one", "blocking")  # what a stack is asked for: the first that it serves


def measure_overhead(
    stack: BenchStack,
    *,
    pairs: int = PAIRS,
    seed: int = 0,
    on_pair: Callable[[int], None] | None = None,
) -> Interval:
    """Return the throughput with tracing over that without, from pairs in random order.

    Raises TraceError when the server gave no good answer in some part of a pair.
    """
    requests = _requests(stack)
    order = random.Random(seed)
    logs = []
    with contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="trace-")))
        both = [
            opened.enter_context(servers.running(one)) for one in (stack, wrapped(stack, folder))
        ]
        cores = choose_cores()
        for server in both:
            pin(server.processes(), cores.server)
        for pair in range(pairs):
            rates = {}
            for server in order.sample(both, 2):
                rates[server.url] = _throughput(server.url, requests, cores.generator)
            logs.append(np.log(rates[both[1].url] / rates[both[0].url]))
            if on_pair:
                on_pair(pair + 1)
    found = interval(np.asarray(logs), seed)
    if found is None:
        raise TraceError("At least two pairs are needed for a ratio.")
    return found


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


def _throughput(url: str, requests: Sequence[Request], core: int | None) -> float:
    plan = Plan(
        url=url,
        requests=tuple(requests),
        seconds=SECONDS,
        warm_up=WARM_UP,
        connections=CONNECTIONS,
    )
    throughput = run(plan, core).throughput
    if throughput <= 0:
        raise TraceError(f"The server at {url} gave no good answer in {SECONDS} s.")
    return throughput

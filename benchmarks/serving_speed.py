"""How fast the served model is, as ratios within one run: `python -m benchmarks.serving_speed`.

Each comparison is paired: both servers run at once, take turns of a few seconds in random order,
and the ratio is taken within a pair. Server and load stay on a core each, where the system allows.

Beside the ratio of requests a second stands that of requests for each second of processor time that
the server used. On a quiet machine the two agree; on a busy one only the second can be trusted.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import psutil
import requests

from lab import servers
from lab.bench import pinning
from lab.bench.load.plan import Plan
from lab.bench.load.process import run
from lab.bench.stacks import STACKS, uvicorn_command
from lab.bench.workloads import PREDICT, WORKLOADS

CORES = pinning.choose_cores()
PARTS = ("errors", "limits", "request_id", "log")  # of benchmarks/variants.py
REQUESTS = WORKLOADS["predict-one"].requests()
BUSIEST = 0.85  # above this share of a core the generator may be what is measured
BARE = STACKS["bare-asgi"]
VARIANT = uvicorn_command("benchmarks.variants:app") + " --no-access-log"


def variant(*parts: str) -> servers.Stack:
    """Return the FastAPI app with these parts as a stack."""
    name = " + ".join(parts) or "none"
    return servers.Stack(name, name, VARIANT, environment={"PARTS": " ".join(parts)})


@contextmanager
def pinned(stack: servers.Stack | str) -> Iterator[servers.Server]:
    """Run a server on its own core."""
    with servers.running(stack) as server:
        pinning.pin(server.processes(), CORES.server)
        yield server


class Rate(NamedTuple):
    """How many requests a server answered, by two clocks."""

    a_second: float
    a_processor_second: float


def rate(server: servers.Server, seconds: float) -> Rate:
    """Load one server for so many seconds.

    Raises:
        RuntimeError: when an answer was not 200, or the generator was the limit.
    """
    plan = Plan(url=server.url, requests=REQUESTS, seconds=seconds)
    before = processor_seconds(server)
    recording = run(plan, CORES.generator)
    used = processor_seconds(server) - before
    if recording.missing:
        raise RuntimeError(f"{recording.missing} requests to {server.url} had no good answer")
    if recording.generator.cpu_share > BUSIEST:
        raise RuntimeError(f"the generator, and not {server.url}, was the limit")
    return Rate(recording.throughput, recording.good / used)


def processor_seconds(server: servers.Server) -> float:
    """Return the processor time that a server and its workers have used."""
    times = [process.cpu_times() for process in server.processes()]
    return sum(one.user + one.system for one in times)


def paired_rates(
    first: servers.Stack | str, second: servers.Stack | str, *, pairs: int, seconds: float
) -> list[tuple[Rate, Rate]]:
    """Return the rates of both for each pair."""
    rates: list[tuple[Rate, Rate]] = []
    with ExitStack() as stack:
        both = [stack.enter_context(pinned(one)) for one in (first, second)]
        for server in both:
            rate(server, 1)  # warm-up
        for _ in range(pairs):
            order = random.sample([0, 1], 2)
            measured = {one: rate(both[one], seconds) for one in order}
            rates.append((measured[0], measured[1]))
    return rates


def report(name: str, rates: list[tuple[Rate, Rate]]) -> None:
    """Print one line: the median ratio by each clock, its range, and the rates of this run."""
    clock = [(one.a_second, other.a_second) for one, other in rates]
    processor = [(one.a_processor_second, other.a_processor_second) for one, other in rates]
    first, second = (statistics.median(side) for side in zip(*clock, strict=True))
    say(
        f"{name:<58} {ratio(clock)}   by processor time {ratio(processor)}"
        f"   {first:,.0f} against {second:,.0f} requests/s"
    )


def ratio(pairs: list[tuple[float, float]]) -> str:
    """Return the median of the ratios within each pair, and their range."""
    ratios = [one / other for one, other in pairs]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)  # noqa: T201 - this is a command's own output


def start_time() -> tuple[float, float]:
    """Return the seconds from starting the server to its first price, and its memory in MB."""
    started = time.perf_counter()
    with servers.running("fastapi") as server:
        house = json.loads(REQUESTS[0].body)
        answer = requests.post(server.url + PREDICT, json=house, timeout=10)
        seconds = time.perf_counter() - started
        answer.raise_for_status()
        rate(server, 2)
        resident = max(process.memory_info().rss for process in server.processes())
    return seconds, resident / 1e6


def comparisons() -> Mapping[str, tuple[servers.Stack | str, servers.Stack | str]]:
    """Return what is compared: a name, and the two stacks."""
    plain, full = variant(), variant(*PARTS)
    steps = {
        f"FastAPI with {' + '.join(PARTS[: n + 1])} / without": (variant(*PARTS[: n + 1]), plain)
        for n in range(len(PARTS) - 1)
    }
    return {
        "the FastAPI app / a bare ASGI function": ("fastapi", BARE),
        "plain FastAPI / a bare ASGI function": (plain, BARE),
        **steps,
        "FastAPI with everything / without": (full, plain),
        "the Flask app / the FastAPI app": ("flask", "fastapi"),
    }


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=8, help="pairs for each comparison (8)")
    parser.add_argument("--seconds", type=float, default=2, help="seconds for each side (2)")
    parser.add_argument("--only", default="", help="only comparisons whose name has this text")
    options = parser.parse_args()
    if CORES.server is None:
        say("Server and load share their cores here: the ratios are blurred.")
    say(f"Load on the machine at the start: {psutil.getloadavg()[0]:.2f}")
    with pinning.on_core(CORES.generator):  # this process reads the servers' log lines
        compare(options.only, options.pairs, options.seconds)


def compare(only: str, pairs: int, seconds_a_side: float) -> None:
    """Print what the start takes, and each comparison whose name has that text."""
    if not only:
        seconds, megabytes = start_time()
        say(f"start to first price {seconds:.2f} s; resident memory of a worker {megabytes:.0f} MB")
    for name, (first, second) in comparisons().items():
        if only in name:
            report(name, paired_rates(first, second, pairs=pairs, seconds=seconds_a_side))


if __name__ == "__main__":
    main()

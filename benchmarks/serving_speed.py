"""How fast the served model is, as ratios within one run: `python -m benchmarks.serving_speed`.

Each comparison is paired: both servers run at once, take turns of a few seconds in random order,
and the ratio is taken within a pair. Server and load stay on a core each, where the system allows.

Beside the ratio of requests a second stands that of requests for each second of processor time that
the server used. On a quiet machine the two agree; on a busy one only the second can be trusted.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import psutil
import requests

from apps.house_prices.house import House
from benchmarks.closed_loop import post, requests_per_second
from lab import servers

SERVER_CORE, LOAD_CORE = 0, 1
PREDICT = "/api/v1/predict"
HOUSE = House.model_config["json_schema_extra"]["examples"][0]  # type: ignore[index]
PARTS = ("errors", "limits", "request_id", "log")  # of benchmarks/variants.py
REQUEST = post(PREDICT, {"inputs": [HOUSE]})

UVICORN = (
    "uvicorn {app} --host {{host}} --port {{port}} --timeout-keep-alive 95"
    " --log-config apps/house_prices/logging.json --no-server-header"
)
# Nothing but the function: uvicorn would write an access line for it, our apps write their own.
BARE = servers.Stack(
    "bare", "a bare ASGI function", UVICORN.format(app="benchmarks.bare:app") + " --no-access-log"
)
VARIANT = UVICORN.format(app="benchmarks.variants:app")


def variant(*parts: str) -> servers.Stack:
    """Return the FastAPI app with these parts as a stack."""
    name = " + ".join(parts) or "none"
    return servers.Stack(name, name, VARIANT, environment={"PARTS": " ".join(parts)})


@contextmanager
def pinned(stack: servers.Stack | str) -> Iterator[servers.Server]:
    """Run a server on its own core."""
    with servers.running(stack) as server:
        for process in server.processes():
            if hasattr(process, "cpu_affinity") and (os.cpu_count() or 1) > 1:
                process.cpu_affinity([SERVER_CORE])
        yield server


class Rate(NamedTuple):
    """How many requests a server answered, by two clocks."""

    a_second: float
    a_processor_second: float


def rate(server: servers.Server, seconds: float) -> Rate:
    """Load one server for so many seconds."""
    before = processor_seconds(server)
    a_second = requests_per_second(server.url, REQUEST, seconds=seconds)
    return Rate(a_second, a_second * seconds / (processor_seconds(server) - before))


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
        answer = requests.post(server.url + PREDICT, json={"inputs": [HOUSE]}, timeout=10)
        seconds = time.perf_counter() - started
        answer.raise_for_status()
        for _ in range(2):
            requests_per_second(server.url, REQUEST, seconds=1)
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
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {LOAD_CORE})
    else:
        say("Server and load share their cores here: the ratios are blurred.")
    say(f"Load on the machine at the start: {psutil.getloadavg()[0]:.2f}")
    if not options.only:
        seconds, megabytes = start_time()
        say(f"start to first price {seconds:.2f} s; resident memory of a worker {megabytes:.0f} MB")
    for name, (first, second) in comparisons().items():
        if options.only in name:
            report(name, paired_rates(first, second, pairs=options.pairs, seconds=options.seconds))


if __name__ == "__main__":
    main()

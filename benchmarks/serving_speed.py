"""How fast the served model is, as ratios within one run: `python -m benchmarks.serving_speed`.

Each comparison is paired: both servers run at once, take turns of a few seconds in random order,
and the ratio is taken within a pair. Server and load stay on a core each, where the system allows.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

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


def paired_ratios(
    first: servers.Stack | str, second: servers.Stack | str, *, pairs: int, seconds: float
) -> tuple[list[float], list[tuple[float, float]]]:
    """Return the ratio of the first's rate to the second's for each pair, and the rates."""
    rates: list[tuple[float, float]] = []
    with ExitStack() as stack:
        urls = [stack.enter_context(pinned(one)).url for one in (first, second)]
        for url in urls:
            requests_per_second(url, REQUEST, seconds=1)  # warm-up
        for _ in range(pairs):
            order = random.sample([0, 1], 2)
            measured = {
                one: requests_per_second(urls[one], REQUEST, seconds=seconds) for one in order
            }
            rates.append((measured[0], measured[1]))
    return [one / other for one, other in rates], rates


def report(name: str, ratios: list[float], rates: list[tuple[float, float]]) -> None:
    """Print one line: the median ratio, its range, and the rates of this run."""
    first, second = (statistics.median(column) for column in zip(*rates, strict=True))
    say(
        f"{name:<58} {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        f"   {first:,.0f} against {second:,.0f} requests/s"
    )


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
            ratios = paired_ratios(first, second, pairs=options.pairs, seconds=options.seconds)
            report(name, *ratios)


if __name__ == "__main__":
    main()

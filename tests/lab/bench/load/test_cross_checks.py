"""Our generator beside other people's, against servers whose capacity or wait is known.

The tools are optional. Where REQUIRE_LOAD_TOOLS is 1 a missing one is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess

import pytest

from lab import servers
from lab.bench.load.ceiling import null_server
from lab.bench.load.generator import generate
from lab.bench.load.histogram import MICROSECONDS
from lab.bench.load.plan import Closed, Open, Plan
from lab.bench.load.recording import Recording
from lab.bench.load.targets import checked_target


def tool(name: str) -> str:
    """Return the path of a program, or skip."""
    found = shutil.which(name)
    if found is None:
        message = f"There is no {name} here: on Debian and Ubuntu, apt-get install {name}."
        if os.environ.get("REQUIRE_LOAD_TOOLS") == "1":
            pytest.fail(f"{message} REQUIRE_LOAD_TOOLS=1 asks for it.")
        pytest.skip(message)
    return found


def run(plan: Plan) -> Recording:
    """Run a plan in this process: these servers leave the generator time enough."""
    return generate(plan, checked_target(plan.url))


def output(*command: str) -> str:
    """Return what a program prints."""
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout


def rate_of_wrk(wrk: str, url: str) -> float:
    """Return requests per second, over four connections and a second."""
    said = output(wrk, "-t1", "-c4", "-d1s", url)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


def slow(recording: Recording, seconds: float) -> int:
    """Return how many requests took longer than that."""
    steps = recording.latency.decoded().get_recorded_iterator()
    return sum(
        step.count_added_in_this_iter_step
        for step in steps
        if step.value_iterated_to > seconds * MICROSECONDS
    )


def test_closed_loop_throughput_is_that_of_wrk() -> None:
    wrk = tool("wrk")
    # Each answer holds the whole server for 5 ms: it can do 200 a second. With four connections
    # there is always a request waiting, so how fast the client is plays no part.
    with servers.running(null_server(busy=0.005)) as server:
        plan = Plan(url=server.url, shape=Closed(), connections=4, seconds=1.0)
        pairs = [(run(plan).throughput, rate_of_wrk(wrk, server.url)) for _ in range(3)]
    assert all(ours <= 230 for ours, _ in pairs)  # 200, and what the server may catch up
    assert statistics.median(ours / theirs for ours, theirs in pairs) == pytest.approx(1, abs=0.1)


def test_at_a_fixed_rate_counts_and_median_are_those_of_hey() -> None:
    hey = tool("hey")
    with servers.running(null_server(wait=0.05)) as server:
        # Five connections that are asked ten times a second, each.
        said = output(hey, "-c", "5", "-q", "10", "-n", "50", server.url)
        plan = Plan(url=server.url, shape=Open(rate=50), connections=5, seconds=1.0)
        ours = run(plan)
    theirs = re.search(r"\[200\]\s+(\d+) responses", said)
    median = re.search(r"50%+ in ([\d.]+) secs", said)
    assert theirs, said
    assert median, said
    assert ours.good == int(theirs[1]) == 50
    # The server's wait is the floor of both; what a busy machine adds to it differs.
    assert min(ours.service.at(50), float(median[1])) >= 0.05
    assert ours.service.at(50) == pytest.approx(float(median[1]), rel=0.5)


def test_coordinated_omission_is_shown() -> None:
    # Of every second the server stalls for half. Half of all users meet that; the closed loop, with
    # its one connection, meets it once a second and sends nothing meanwhile.
    with servers.running(null_server(stall_every=1.0, stall_for=0.5)) as server:
        closed = run(Plan(url=server.url, shape=Closed(), connections=1, seconds=2))
        opened = run(Plan(url=server.url, shape=Open(rate=100), seconds=2, connections=4))
    assert opened.good == 200
    # Of a request that began to wait in the first 0.2 s of a stall, 0.3 s or more were left.
    assert slow(opened, 0.3) >= 20
    assert opened.latency.at(99) > 0.4
    # One after the other: however busy the machine, 2 s have room for no more than these.
    assert 1 <= slow(closed, 0.3) <= 2 / 0.3
    # The service time of the open loop is blind too, except on its four connections.
    assert opened.service.at(50) < opened.latency.at(90)

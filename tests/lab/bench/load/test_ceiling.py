"""Whether a recording shows the server or the generator."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from lab import servers
from lab.bench.load.ceiling import Ceiling, generator_bound, measure_ceiling, null_server
from lab.bench.load.histogram import Distribution
from lab.bench.load.null_server import Slots
from lab.bench.load.plan import Open, Plan, Request
from lab.bench.load.process import run
from lab.bench.load.recording import Recording

Make = Callable[..., Recording]
HIGH = Ceiling(throughput=10_000, cpu_share=0.99, answer_bytes=200, seconds=1)

# Runs on core 0 until the process that started it is gone.
SPIN = """
import os, sys
os.sched_setaffinity(0, {0})
while os.getppid() == int(sys.argv[1]):
    pass
"""


def test_a_generator_with_room_is_not_the_limit(make_recording: Make) -> None:
    recording = make_recording([0.02] * 100)
    assert generator_bound(recording, HIGH) == ()
    assert generator_bound(recording, None) == ()


@pytest.mark.parametrize(
    ("state", "ceiling", "reason"),
    [
        ({"cpu_share": 0.85}, HIGH, "used 85% of its core"),
        ({"cpu_share": 0.3, "waiting_share": 0.6}, HIGH, "waited for it another 60%"),
        ({}, HIGH.model_copy(update={"throughput": 110.0}), "is 91% of the 110"),
        ({"lag": Distribution.of([0.004] * 100)}, HIGH, "4.0 ms or more behind the schedule"),
    ],
)
def test_a_generator_at_its_limit_says_why(
    make_recording: Make, state: dict[str, object], ceiling: Ceiling, reason: str
) -> None:
    (found,) = generator_bound(make_recording([0.02] * 100, generator=state), ceiling)
    assert reason in found


def test_lag_that_is_small_beside_the_latency_is_no_reason(make_recording: Make) -> None:
    late = {"lag": Distribution.of([0.004] * 100)}
    assert generator_bound(make_recording([0.2] * 100, generator=late), HIGH) == ()
    little = {"lag": Distribution.of([0.0005] * 100)}
    assert generator_bound(make_recording([0.001] * 100, generator=little), HIGH) == ()


def test_lag_that_is_small_beside_a_target_is_no_reason(make_recording: Make) -> None:
    late = make_recording([0.02] * 100, generator={"lag": Distribution.of([0.004] * 100)})
    assert generator_bound(late, HIGH, target=0.05) == ()
    (found,) = generator_bound(late, HIGH, target=0.03)
    assert "latency (p99) of 20.0 ms and a target of 30 ms" in found


def test_the_ceiling_is_measured_with_the_plans_own_load() -> None:
    plan = Plan(
        url="http://127.0.0.1:9",
        requests=(Request.post("/p", {"inputs": [1, 2]}),),
        shape=Open(rate=100),
        connections=4,
    )
    ceiling = measure_ceiling(plan, answer_bytes=1000, seconds=0.3)
    # At 100 a second it would reach no more than that: it is asked for all that it can do.
    assert ceiling.throughput > 200
    assert ceiling.answer_bytes == 1000


@pytest.fixture
def crowded_core() -> Iterator[int]:
    """The core 0, with programs on it that want all of it."""
    if not hasattr(psutil.Process, "cpu_affinity"):
        pytest.skip("this system does not pin processes to cores")
    parent = str(psutil.Process().pid)
    programs = [subprocess.Popen([sys.executable, "-c", SPIN, parent]) for _ in range(4)]
    yield 0
    for program in programs:
        program.kill()
        program.wait()


def test_a_starved_generator_is_found_out(crowded_core: int) -> None:
    with servers.running(null_server()) as server:
        # More than a fifth of a core can do, so that it wants its core all the time.
        plan = Plan(url=server.url, shape=Open(rate=20_000), seconds=0.4, timeout=0.2)
        assert generator_bound(run(plan, core=crowded_core), None) != ()


def test_a_busy_server_without_credit_holds_each_request_after_a_pause() -> None:
    slots = Slots(busy=0.01, credit=0)
    for _ in range(2):
        started = time.perf_counter()
        slots.pass_one()
        assert time.perf_counter() - started >= 0.0099  # the clock has its own rounding
        time.sleep(0.02)

"""The knee of servers whose capacity is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from lab.bench.knee import (
    MOST_RATES,
    NARROW,
    STEP_AGAIN,
    knee_of,
    point_seconds,
    rate_of,
    sustained,
    sweep,
)
from lab.bench.results import Row
from tests.lab.bench.sample import row, usual

TARGET = 50.0


def point(rate: float, capacity: float, **changes: object) -> Row:
    """Return what a server of this capacity does at this rate: it is quick, or it chokes."""
    holds = rate <= capacity
    times = usual(2.0 if holds else 400.0)
    achieved = min(rate, capacity)
    fields = {"offered": rate, "in_flight": rate * 0.002, "id": f"at-{rate:.0f}", **changes}
    one = row("x", "flask", "predict-one", rate, times)
    return one.model_copy(update={"throughput": achieved, **fields})


def server(capacity: float, **changes: object) -> Callable[[float, int], Row | None]:
    return lambda rate, _: point(rate, capacity, **changes)


@pytest.mark.parametrize("capacity", [20, 90, 700, 2345])
def test_the_knee_is_found_from_below(capacity: float) -> None:
    rows, reason = sweep(server(capacity), TARGET)
    knee = knee_of("flask", "predict-one", rows, TARGET, reason)
    assert knee.rate is not None
    assert capacity / NARROW <= knee.rate <= capacity
    assert knee.bounded
    assert len({rate_of(one) for one in rows}) <= MOST_RATES
    assert knee.failed is not None
    assert knee.failed / knee.rate <= NARROW * 1.001
    # Each rate that failed was tried twice, and none that was kept.
    tried = Counter(map(rate_of, rows))
    assert all(count == (2 if rate > capacity else 1) for rate, count in tried.items())


@pytest.mark.parametrize("capacity", [700, 820, 500])
def test_a_further_sweep_begins_near_the_knee_and_takes_half_the_points(capacity: float) -> None:
    rows, reason = sweep(server(capacity), TARGET, start=700, step=STEP_AGAIN)
    knee = knee_of("flask", "predict-one", rows, TARGET, reason, 2)
    assert knee.rate is not None
    assert capacity / NARROW <= knee.rate <= capacity
    assert knee.sweep == 2
    assert len(rows) <= 8


@pytest.mark.parametrize("bad", [{"validity": "invalid", "why": "odd"}, {"good": 0}])
def test_one_bad_point_does_not_end_a_sweep(bad: dict[str, object]) -> None:
    seen: Counter[float] = Counter()

    def measure(rate: float, attempt: int) -> Row | None:
        seen[rate] += 1
        return point(rate, 1000, **(bad if rate == 200 and attempt == 1 else {}))

    knee = knee_of("flask", "predict-one", *_args(sweep(measure, TARGET)))
    assert knee.rate is not None
    assert 1000 / NARROW <= knee.rate <= 1000
    assert seen[200] == (2 if "validity" in bad else 3)  # two that agree decide
    assert seen[100] == 1


@pytest.mark.parametrize(("rate", "seconds"), [(20, 10), (100, 10), (200, 5), (500, 3), (9000, 3)])
def test_a_low_rate_is_measured_for_longer(rate: float, seconds: float) -> None:
    assert point_seconds(rate) == seconds


def test_a_server_that_never_fails_has_no_bound() -> None:
    knee = knee_of("go", "health", *_args(sweep(server(1e9), TARGET)))
    assert knee.rate is not None
    assert not knee.bounded
    assert "no higher rate failed" in knee.why


def _args(found: tuple[list[Row], str]) -> tuple[list[Row], float, str]:
    return found[0], TARGET, found[1]


def test_a_server_that_always_fails_has_no_knee() -> None:
    knee = knee_of("slow", "health", *_args(sweep(server(0.1), TARGET)))
    assert knee.rate is None
    assert knee.bounded


def test_where_the_generator_is_the_limit_the_sweep_ends_and_says_so() -> None:
    def measure(rate: float, _: int) -> Row | None:
        changes = {"validity": "generator-bound", "why": "busy"} if rate > 500 else {}
        return point(rate, 1e9, **changes)

    knee = knee_of("fastapi", "health", *_args(sweep(measure, TARGET)))
    assert (knee.rate, knee.bounded) == (400, False)
    assert "generator-bound" in knee.why


def test_when_the_time_is_up_the_knee_says_so() -> None:
    rows, reason = sweep(lambda rate, _: point(rate, 1e9) if rate < 300 else None, TARGET)
    assert len(rows) == 2
    assert "The time was up" in knee_of("a", "b", rows, TARGET, reason).why


def test_a_rate_is_sustained_only_with_all_its_answers() -> None:
    good = point(100, 1000)
    assert sustained(good, TARGET)
    assert not sustained(good.model_copy(update={"good": good.planned - 1}), TARGET)
    assert not sustained(good.model_copy(update={"throughput": 90.0}), TARGET)
    assert not sustained(good.model_copy(update={"latency": None}), TARGET)
    assert not sustained(good, 2.0)


def test_a_rate_kept_above_one_that_failed_is_luck() -> None:
    rows = [point(100, 1000), *[point(200, 100)] * 2, point(150, 1000), point(300, 1000)]
    assert knee_of("a", "b", rows, TARGET, "").rate == 150

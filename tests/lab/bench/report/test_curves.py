"""Percentiles from the histograms, and where they end."""

from __future__ import annotations

import numpy as np
import pytest

from lab.bench.report.curves import curve, latency_plot, milliseconds_at
from lab.bench.report.plots import mean_interval
from lab.bench.report.words import load_of
from tests.lab.bench.sample import latency, row, sample, usual


def test_percentiles_are_those_of_the_times() -> None:
    times = tuple(float(number) for number in range(1, 1001))
    found = milliseconds_at(latency(times), np.array([0, 0.5, 0.9, 0.99, 0.999, 1]))
    assert found == pytest.approx([1, 500, 900, 990, 999, 1000], rel=0.001)


def test_a_curve_ends_where_too_few_times_lie_beyond() -> None:
    short, long = latency((1.0,) * 90 + (5.0,) * 10), latency((1.0,) * 1000)
    assert curve([short])[0][-1] == pytest.approx(10)  # p90: ten of a hundred lie beyond
    assert curve([long])[0][-1] == pytest.approx(100)
    assert curve([short] * 5)[0][-1] == pytest.approx(50)  # ten of five hundred
    assert curve([short] * 50)[0][-1] == pytest.approx(100)  # no further than one run goes


def test_the_curve_of_several_runs_is_their_median_with_their_range() -> None:
    runs = [latency((value,) * 20) for value in (1.0, 2.0, 9.0)]
    _, middle, low, high = curve(runs)
    assert middle == pytest.approx(np.full(len(middle), 2.0), rel=0.001)
    assert low == pytest.approx(np.full(len(low), 1.0), rel=0.001)
    assert high == pytest.approx(np.full(len(high), 9.0), rel=0.001)


def test_a_mean_of_few_runs_has_no_interval() -> None:
    assert mean_interval([4.0, 5.0, 5.0, 6.0]) is None
    found = mean_interval([3.0, 4.0, 5.0, 6.0, 7.0])
    assert found is not None
    assert found.estimate == pytest.approx(5)
    assert found.high - found.estimate == pytest.approx(2.776 * (2.5 / 5) ** 0.5, rel=0.001)


@pytest.mark.parametrize(
    ("engine", "offered", "says"),
    [
        ("closed-loop", None, "closed-loop"),
        ("locust", None, "closed-loop by locust, 2 workers"),
        ("locust", 200.0, "open-loop by locust, 2 workers"),
    ],
)
def test_a_closed_loop_is_warned_of_whichever_engine_made_it(
    engine: str, offered: float | None, says: str
) -> None:
    one = row("r", "flask", "health", 200, usual(2), engine=engine, offered=offered,
              details={"generator_processes": 2})  # fmt: skip
    assert load_of(one) == says
    drawn = latency_plot(sample(), "health", {"flask": [one]})
    assert ("rows are of a closed loop" in drawn.caption) is (offered is None)

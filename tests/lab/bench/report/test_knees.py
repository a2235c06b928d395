"""The knees of a report: one line a stack, with the spread of its sweeps."""

from __future__ import annotations

from lab.bench.report.knees import knee_sentences, knee_table, swept
from lab.bench.report.sweeps import knee_plot
from lab.bench.results import Results
from tests.lab.bench.sample import sample


def several(*rates: float | None) -> Results:
    """The first stack of the sample, swept several times."""
    one = sample().knees[0]
    knees = [
        one.model_copy(update={"sweep": number, "rate": rate})
        for number, rate in enumerate(rates, 1)
    ]
    return sample().model_copy(update={"knees": knees})


def test_several_sweeps_are_one_line_with_median_lowest_and_highest() -> None:
    results = several(1900.0, 2100.0, 2000.0)
    [row] = knee_table(results).rows
    assert row[4:7] == ("3", "2,000 (1,900 to 2,100)", "yes")
    assert "Sweep 2: " in row[-1]
    [said] = knee_sentences(results)
    assert said == (
        "Knee: FastAPI on uvicorn sustained 2,000 (1,900 to 2,100) requests a second, with its p99 "
        "under 100 ms, at “price one house”: the median of 3 sweeps."
    )
    drawn = knee_plot(results, "predict-one", swept(results))
    assert drawn is not None
    assert "FastAPI on uvicorn: 2,000 (1,900 to 2,100) a second" in drawn.described


def test_one_sweep_has_no_spread_and_a_sweep_without_a_knee_is_no_rate() -> None:
    one, none = swept(several(2000.0)), swept(several(None))
    assert (one[0].text, none[0].text) == ("2,000", "none")
    assert "one sweep" in knee_sentences(several(2000.0))[0]
    assert "sustained no rate" in knee_sentences(several(None))[0]


def test_a_sweep_whose_points_count_for_nothing_is_not_said_to_have_sustained_nothing() -> None:
    why = "No rate could be judged. The point at 50 a second is generator-bound: its core was full."
    knee = sample().knees[0].model_copy(
        update={"rate": None, "failed": None, "bounded": False, "why": why}
    )  # fmt: skip
    [said] = knee_sentences(sample().model_copy(update={"knees": [knee]}))
    assert said == (
        f"Knee: nothing can be said of FastAPI on uvicorn at “price one house”. {why}"
    )  # fmt: skip

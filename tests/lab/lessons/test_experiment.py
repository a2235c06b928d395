"""The pictures of lesson 06 say in words and tables what they draw; nothing is cut off."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from lab.bench.load.histogram import Distribution
from lab.bench.results import Results
from lab.lessons import quick_form
from lab.lessons.experiment import (
    describe_percentiles,
    describe_runs,
    describe_verdict,
    draw_percentiles,
    draw_runs,
    draw_verdict,
    pairs_of,
    percentile_table,
)

RUNS = {"first three": [100.0, 120.0, 110.0], "other three": [90.0, 95.0, 99.0]}
LATENCIES = {
    "closed loop": Distribution.of([0.01] * 199 + [0.4]),
    "open loop": Distribution.of([0.01] * 160 + [0.3] * 40),
}


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch) -> Results:
    monkeypatch.setenv(quick_form.SWITCH, "1")
    return quick_form.quick_form()


def test_nothing_is_written_when_a_session_is_only_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(quick_form.SWITCH, "1")
    quick_form.quick_form(tmp_path)
    assert list(tmp_path.iterdir()) == []
    said = capsys.readouterr().out
    assert "nothing is measured" in said
    assert "recorded on 2026-" in said


def test_a_session_that_ended_early_says_so(results: Results) -> None:
    assert quick_form.stopped_text(results, 75) == ""
    (comparison,) = results.comparisons
    short = comparison.model_copy(update={"pairs": comparison.pairs[:2]})
    said = quick_form.stopped_text(results.model_copy(update={"comparisons": [short]}), 63.2)
    assert said.startswith("Stopped after 63 s with 2 of 7 blocks: your computer is busy.")


def test_tables_have_a_line_for_each_row_and_each_setting(results: Results) -> None:
    rows = quick_form.rows_table(results).splitlines()
    assert len(rows) == 1 + len(results.rows)
    ledger = quick_form.ledger_table(results).splitlines()
    settings = set(type(results.rows[0].ledger).model_fields) - {"known"}
    assert {line.split()[0] for line in ledger[1:]} == settings
    assert quick_form.interval_text(None).startswith("not known")


def test_the_verdict_is_drawn_with_all_its_pairs(results: Results) -> None:
    comparison = results.comparisons[0]
    pairs, control = pairs_of(results, comparison)
    assert len(pairs) == len(comparison.pairs)
    figure = draw_verdict(results, comparison)
    drawn = {
        line.get_marker(): len(line.get_xydata())  # type: ignore[arg-type]
        for line in figure.axes[0].get_lines()
    }
    assert (drawn["s"], drawn["o"]) == (len(pairs), len(control))
    said = describe_verdict(results, comparison)
    assert f"{len(pairs)} valid pairs" in said
    assert comparison.verdict in said
    _inside(figure)


@pytest.mark.parametrize(("low", "high"), [(0.97, 1.04), (0.5, 3.2), (0.1, 43.0), (0.9, 2.5)])
def test_the_labels_of_ratios_never_overlap(
    results: Results, low: float, high: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "lab.lessons.experiment.pairs_of", lambda *_: ([(low, 1.0), (high, 1.0)], [(1.0, 1.0)])
    )
    figure = draw_verdict(results, results.comparisons[0])
    figure.draw_without_rendering()
    axes = figure.axes[0]
    labels = [
        label
        for label in axes.get_xticklabels()
        if axes.get_xlim()[0] <= label.get_position()[0] <= axes.get_xlim()[1]
    ]
    assert "1.00" in [label.get_text() for label in labels]
    boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: box.x0)
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_runs_and_percentiles_are_described() -> None:
    assert describe_runs(RUNS).startswith("first three: 3 runs, from 100 to 120 good answers")
    table = percentile_table(LATENCIES).splitlines()
    assert table[1].split()[:5] == ["closed", "loop", "200", "10", "ms"]
    # Two of 200 requests lie beyond the p99, which the lab's report does not print either.
    assert table[1].endswith("10 ms  too few   400 ms")
    assert "open loop: half of 200 requests within 10" in describe_percentiles(LATENCIES)
    _inside(draw_runs(RUNS, "Runs"))
    _inside(draw_percentiles(LATENCIES, "Two loops"))


def _inside(figure: Figure) -> None:
    figure.draw_without_rendering()
    for axes in figure.axes:
        labels = [*axes.get_yticklabels(), axes.xaxis.label, axes.yaxis.label]
        for text in [*figure.texts, *(label for label in labels if label.get_text())]:
            box = text.get_window_extent()
            assert figure.bbox.x0 <= box.x0
            assert box.x1 <= figure.bbox.x1
            assert figure.bbox.y0 <= box.y0
            assert box.y1 <= figure.bbox.y1

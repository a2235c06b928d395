"""What is concluded from recorded pieces, and how they are read and drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from lab.bench.trace.drawing import describe_lanes, draw_lanes, trace_table
from lab.bench.trace.lanes import Handled, Piece, blocked, longest_hold, most_at_once
from lab.bench.trace.reading import handled, read_records

LINE = {
    "id": "trace-0",
    "process": 7,
    "thread": 8,
    "task": None,
    "start": 100.0,
    "end": 100.1,
    "waits": [
        ["asks upstream", 100.02, 100.07, False],
        ["sleeps", 100.03, 100.04, False],
    ],
    "runs": [],
}


def one(number: int, start: float, kind: str, task: str | None = "Task-1") -> Handled:
    pieces = (
        Piece(kind, start, start + 0.05, "sleeps"),  # type: ignore[arg-type]
        Piece("runs", start, start + 0.05 if kind == "blocks" else start + 0.001),
    )
    return Handled(number, 70, 1, start, start + 0.06, start + 0.07, pieces, task)


AWAITING = [one(number, 0.0, "waits") for number in range(1, 5)]
BLOCKING = [one(number, 0.05 * number, "blocks") for number in range(1, 5)]
BOTH = {"awaiting": AWAITING, "blocking": BLOCKING}


def test_neighbours_do_not_overlap() -> None:
    assert most_at_once([(0, 1), (1, 2), (2, 3)]) == 1
    assert most_at_once([(0, 2), (1, 3), (1.5, 1.6)]) == 3
    assert most_at_once([]) == 0


def test_what_blocks_an_event_loop_is_named() -> None:
    assert blocked(AWAITING) == []
    assert [found.number for found, _ in blocked(BLOCKING)] == [1, 2, 3, 4]
    assert longest_hold(AWAITING) == pytest.approx(0.001)
    assert longest_hold(BLOCKING) == pytest.approx(0.05)
    assert longest_hold([one(1, 0.0, "waits", task=None)]) is None


def test_a_thread_runs_when_it_does_not_wait() -> None:
    (read,) = handled({"trace-0": LINE}, 100.0, {"trace-0": 0.11})
    assert read.of("waits") == [pytest.approx((0.02, 0.07))]  # the outer one
    assert read.of("runs") == [pytest.approx((0.0, 0.02)), pytest.approx((0.07, 0.1))]
    assert read.received == 0.11


def test_a_request_that_nobody_recorded_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lab.bench.trace.reading.PATIENCE", 0)
    (tmp_path / "7.jsonl").write_text(json.dumps(LINE) + "\n" + '{"id": "trace-1", "pro')
    assert set(read_records(tmp_path, ["trace-0"])) == {"trace-0"}
    with pytest.raises(LookupError, match="trace-1"):
        read_records(tmp_path, ["trace-0", "trace-1"])


def test_table_and_description_have_what_the_picture_shows() -> None:
    assert trace_table(BOTH).splitlines() == [
        "server    processes  threads  at once  waiting  longest hold  first answer  last answer",
        "awaiting          1        1        4        4          1 ms         70 ms        70 ms",
        "blocking          1        1        2        1         50 ms        120 ms       270 ms",
    ]
    said = describe_lanes(BOTH, "Four requests")
    assert "At most 4 waited for something at the same moment. blocking:" in said
    assert said.endswith("4 waits blocked the event loop.")


def test_pieces_are_drawn_with_a_legend_and_nothing_is_cut_off() -> None:
    figure = draw_lanes(BOTH, "Four requests")
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "its code runs",
        "it waits for something",
        "it waits and holds the event loop",
        "it waits for its turn",
    ]
    hatches = {piece.get_hatch() for axes in figure.axes for piece in axes.collections}
    assert {"////", "xxxx"} <= hatches  # told apart without colours
    _inside(figure)


def test_the_legend_has_what_is_drawn_and_no_more() -> None:
    (legend,) = draw_lanes({"awaiting": AWAITING}, "Four requests").legends
    shown = [text.get_text() for text in legend.get_texts()]
    assert shown == ["its code runs", "it waits for something", "it waits for its turn"]


def _inside(figure: Figure) -> None:
    figure.draw_without_rendering()
    texts = [*figure.texts, *figure.legends[0].get_texts()]
    for text in [*texts, *(text for axes in figure.axes for text in axes.texts)]:
        box = text.get_window_extent()
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1

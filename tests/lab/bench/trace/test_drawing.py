"""The lanes say who handled which request, in the picture, in the table and in words."""

from __future__ import annotations

from matplotlib.figure import Figure

from lab.bench.trace.drawing import describe_lanes, draw_lanes, lanes_table
from lab.bench.trace.lanes import Handled, at_once, lanes


def one(number: int, process: int, thread: int, start: float, end: float) -> Handled:
    return Handled(number, process, thread, start, end, end + 0.01)


TWO_PROCESSES = [one(1, 70, 1, 0.0, 0.1), one(2, 71, 1, 0.0, 0.1), one(3, 70, 1, 0.1, 0.2)]
LOOP = [one(n, 80, 1, 0.001 * n, 0.1 + 0.001 * n) for n in range(1, 21)]
THREADS = [one(n, 90, n, 0.0, 0.1) for n in range(1, 13)]
ALL = {"two processes": TWO_PROCESSES, "an event loop": LOOP, "many threads": THREADS}


def words(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_each_thread_of_each_process_has_a_lane() -> None:
    assert [lane.name for lane in lanes(TWO_PROCESSES)] == ["process 1", "process 2"]
    assert [len(lane.handled) for lane in lanes(TWO_PROCESSES)] == [2, 1]
    # One process needs no number of its own; with several, each lane says whose it is.
    assert [lane.name for lane in lanes(THREADS)][:2] == ["thread 1", "thread 2"]
    # Bars above each other are no lanes: an event loop has one.
    assert [lane.name for lane in lanes(LOOP)] == ["one thread"]
    both = lanes([*THREADS, *TWO_PROCESSES])
    assert [both[0].name, both[-1].name] == ["process 1, thread 1", "process 3"]


def test_requests_that_overlap_have_rows_of_their_own() -> None:
    (lane,) = lanes(LOOP)
    assert lane.rows() == list(range(20))
    assert [lane.rows() for lane in lanes(TWO_PROCESSES)] == [[0, 0], [0]]


def test_the_most_at_the_same_moment_are_counted() -> None:
    assert at_once(TWO_PROCESSES) == 2
    assert at_once(LOOP) == 20
    # One that begins when another ends is not beside it.
    assert at_once([one(1, 1, 1, 0.0, 0.1), one(2, 1, 1, 0.1, 0.2)]) == 1


def test_every_request_has_a_bar_with_its_number() -> None:
    figure = draw_lanes(ALL, "Requests")
    assert [len(axes.patches) for axes in figure.axes] == [3, 20, 12]
    shown = words(figure)
    assert "process 2" in shown
    assert shown.count("20") == 1
    assert shown.count("3") == 3


def test_table_and_description_have_what_the_picture_shows() -> None:
    assert lanes_table({"two processes": TWO_PROCESSES}).splitlines() == [
        "server         processes  threads  at once  first answer  last answer",
        "two processes          2        2        2        110 ms       210 ms",
    ]
    said = describe_lanes(ALL, "Requests")
    assert said.startswith("Requests. two processes: 3 requests in 2 processes and 2 threads")
    assert "an event loop: 20 requests in 1 process and 1 thread, at most 20 of them" in said
    assert "the last answer came after 210 milliseconds" in said


def test_no_word_is_cut_off() -> None:
    figure = draw_lanes(ALL, "Requests that wait, and others that compute")
    figure.draw_without_rendering()
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    for text in texts:
        box = text.get_window_extent()
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1

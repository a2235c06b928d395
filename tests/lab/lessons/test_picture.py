"""The picture says what was measured, also without colour and also without the picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from lab.lessons import Answers, describe, draw, table


def two(
    flask: Sequence[float] = (1.0, 2.0, 3.0),
    fastapi: Sequence[float] = (1.0, 1.5, 1.5),
    prices: tuple[float, float] = (182561.47, 182561.47),
) -> list[Answers]:
    return [
        Answers("Flask on gunicorn", prices[0], flask),
        Answers("FastAPI on uvicorn", prices[1], fastapi),
    ]


def words(figure: Figure) -> str:
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return "\n".join(text.get_text() for text in texts)


def marks(figure: Figure) -> list[PathCollection]:
    return [c for c in figure.axes[1].collections if isinstance(c, PathCollection)]


def places(collection: PathCollection) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in np.asarray(collection.get_offsets())]


def test_every_answer_has_a_mark_of_its_own() -> None:
    times = [1.0] * 40 + [1.5] * 20 + [1.6]
    for collection in marks(draw(two(times, times))):
        assert len(places(collection)) == len(set(places(collection))) == len(times)


def test_answers_beyond_the_edge_are_counted_and_said() -> None:
    flask = [1.0] * 98 + [70.0, 80.0]
    figure = draw(two(flask, [1.0] * 100), "Measured so.")
    assert [len(places(collection)) for collection in marks(figure)] == [98, 100]
    assert "Measured so.\nBeyond the right edge: 2 of Flask's, the slowest 80 ms." in words(figure)


def test_the_two_are_told_apart_without_colour() -> None:
    figure = draw(two())
    first, second = figure.axes[0].patches
    assert first.get_hatch() != second.get_hatch()
    shapes = [np.asarray(collection.get_paths()[0].vertices) for collection in marks(figure)]
    assert shapes[0].shape != shapes[1].shape
    said = words(figure)
    for label in ("Flask\non gunicorn", "FastAPI\non uvicorn", "2.0 ms", "1.5 ms"):
        assert label in said
    assert said.count("$182,561") == 2


@pytest.mark.parametrize(
    ("prices", "headline"),
    [
        ((182561.47, 182561.47), "One house, two servers, the same price"),
        ((182561.47, 182561.48), "One house, two servers, different prices"),
    ],
)
def test_the_headline_says_what_came_out(prices: tuple[float, float], headline: str) -> None:
    assert headline in words(draw(two(prices=prices)))
    assert describe(two(prices=prices)).startswith(f"{headline}.")


def test_text_and_table_have_the_numbers_of_the_picture() -> None:
    flask = [float(number) for number in range(1, 102)]
    said = describe(two(flask))
    assert "Flask on gunicorn answered $182,561" in said
    assert "of its 101 answers, half came within 51.0 milliseconds and 95 % within 96.0" in said
    assert table(two(flask)).splitlines() == [
        "server                 price  half within  95 % within   slowest",
        "Flask on gunicorn   $182,561      51.0 ms      96.0 ms  101.0 ms",
        "FastAPI on uvicorn  $182,561       1.5 ms       1.5 ms    1.5 ms",
    ]


def test_no_word_is_cut_off_or_lies_on_another() -> None:
    slow = [1.0] * 180 + [1234.0] * 20
    figure = draw(
        two(slow, slow), "200 requests to each, one at a time, in random order, and so on."
    )
    figure.draw_without_rendering()
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    texts += [axes.xaxis.label for axes in figure.axes]
    texts += [axes.title for axes in figure.axes]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    for number, box in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])


@pytest.mark.parametrize("times", [[0.5], [2.0] * 200, [0.1, 5000.0]])
def test_odd_measurements_can_be_drawn(times: list[float]) -> None:
    figure = draw(two(times, times))
    assert all(places(collection) for collection in marks(figure))

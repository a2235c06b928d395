"""The picture of lost lines says the same as its table and its description."""

from __future__ import annotations

from matplotlib.patches import Rectangle

from lab.lessons.kept_lines import describe_kept, draw_kept, kept_table

KEPT = {"one that shares": 2000, "one that does not": 1640}


def test_table_and_description_have_the_numbers() -> None:
    assert kept_table(KEPT, 2000).splitlines() == [
        "written by         written  found  lost",
        "one that shares      2,000  2,000     0",
        "one that does not    2,000  1,640   360",
    ]
    said = describe_kept(KEPT, 2000)
    assert "one that does not: 1,640 of 2,000 lines found, 360 lost." in said


def test_each_bar_ends_where_all_lines_would_be_and_says_what_is_lost() -> None:
    (axes,) = draw_kept(KEPT, 2000).axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [
        (0, 2000),
        (0, 1640),
        (1640, 360),
    ]
    assert bars[1].get_hatch() != bars[2].get_hatch()
    assert [text.get_text() for text in axes.texts] == ["none lost", "360 lost"]


def test_no_word_is_cut_off_or_lies_on_another() -> None:
    figure = draw_kept({"logging's RotatingFileHandler": 1234, **KEPT}, 2000)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    texts = [*figure.texts, *axes.texts, *axes.get_yticklabels(), axes.xaxis.label]
    boxes = [text.get_window_extent() for text in texts]
    for number, box in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])

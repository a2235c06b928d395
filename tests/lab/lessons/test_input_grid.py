"""A grid says the same as a table, as words and as a picture."""

from __future__ import annotations

from matplotlib.patches import Rectangle

from lab.lessons.input_grid import describe_grid, draw_grid, grid_table, is_refused

GRID = {
    '"1961"': {"lax": "1961", "strict": "refused"},
    "true": {"lax": "taken", "strict": "refused: int_type"},
}


def test_the_table_has_a_line_for_each_input_and_a_column_for_each_reader() -> None:
    assert grid_table(GRID, "sent").splitlines() == [
        "sent    lax    strict",
        '"1961"  1961   refused',
        "true    taken  refused: int_type",
    ]


def test_the_description_says_all_that_the_picture_shows() -> None:
    assert describe_grid(GRID, "Who takes what") == (
        'Who takes what. Column lax: "1961", taken as 1961; true, taken. '
        'Column strict: "1961", refused; true, refused: int_type.'
    )


def test_a_refusal_is_told_by_words_a_sign_and_a_pattern() -> None:
    (axes,) = draw_grid(GRID, "Who takes what").axes
    words = [text.get_text() for text in axes.texts]
    assert words == ["✓ 1961", "✗ refused", "✓ taken", "✗ refused: int_type"]
    filled = [patch for patch in axes.patches if isinstance(patch, Rectangle) and patch.get_fill()]
    assert [bool(patch.get_hatch()) for patch in filled] == [is_refused(word[2:]) for word in words]


def test_the_picture_names_every_row_and_column() -> None:
    figure = draw_grid(GRID, "Who takes what", "A note")
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["lax", "strict"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ['"1961"', "true"]
    assert [text.get_text() for text in figure.texts] == ["Who takes what", "A note"]

"""A line counts when it holds code, and both frameworks are counted alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from lab.lessons.line_counts import (
    Pair,
    code_lines,
    counts_table,
    describe_counts,
    draw_counts,
    pair_folders,
    total,
)

ROOT = Path(__file__).parents[3]
PAIRS = [Pair("routes.py", 52, 71), Pair("errors.py", 20, 20)]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", 0),
        ("a = 1\n", 1),
        ("# a comment\n\na = 1  # another\n", 1),
        ('"""The module."""\n\n\ndef f():\n    """The function,\n\n    at length.\n    """\n', 1),
        ('class A:\n    """Only this."""\n', 1),
        ('text = """one\n# no comment\n\nfour"""\n', 4),
        ("call(\n    1,\n    # why\n\n    2,\n)\n", 4),
        ("a = 1; b = 2\n", 1),
        ("if a:\n    b = 1\n\nelse:\n    b = 2\n", 4),
        ("async def f():\n    '''Why.'''\n    return 1\n", 2),
    ],
)
def test_blank_lines_comments_and_docstrings_do_not_count(source: str, lines: int) -> None:
    assert code_lines(source) == lines


def test_what_is_not_python_is_not_counted() -> None:
    with pytest.raises(SyntaxError):
        code_lines("def f(:\n")


def test_files_of_the_same_name_are_a_pair(tmp_path: Path) -> None:
    flask, fastapi = tmp_path / "flask", tmp_path / "fastapi"
    for folder in (flask, fastapi):
        folder.mkdir()
        (folder / "__init__.py").write_text('"""Only words."""\n')
    (flask / "routes.py").write_text("a = 1\n")
    (fastapi / "routes.py").write_text("a = 1\nb = 2\n")
    (flask / "only_here.py").write_text("a = 1\n")
    assert pair_folders(flask, fastapi) == [Pair("only_here.py", 1, 0), Pair("routes.py", 1, 2)]


def test_the_two_apps_of_the_project_have_the_same_files() -> None:
    pairs = pair_folders(ROOT / "apps/flask_app", ROOT / "apps/fastapi_app")
    both = {pair.name for pair in pairs if pair.flask and pair.fastapi}
    assert {"bodies.py", "errors.py", "main.py", "middleware.py", "routes.py"} <= both


def test_the_table_has_every_count_and_the_sum() -> None:
    lines = [line.split() for line in counts_table(PAIRS).splitlines()]
    assert lines == [
        ["file", "Flask", "FastAPI"],
        ["routes.py", "52", "71"],
        ["errors.py", "20", "20"],
        ["together", "72", "91"],
    ]
    assert total(PAIRS) == Pair("together", 72, 91)


def test_picture_and_text_say_the_same_without_colour() -> None:
    figure = draw_counts(PAIRS, "Lines of code")
    (axes,) = figure.axes
    flask, fastapi = axes.containers
    assert [bar.get_hatch() for bar in (flask[0], fastapi[0])] == ["//", ".."]
    assert sorted(text.get_text().strip() for text in axes.texts) == ["20", "20", "52", "71"]
    assert _names(figure) == ["routes.py", "errors.py"]
    said = describe_counts(PAIRS, "Lines of code")
    assert said.startswith("Lines of code. Together: Flask 72, FastAPI 91. ")
    assert "routes.py: Flask 52, FastAPI 71." in said


def _names(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]

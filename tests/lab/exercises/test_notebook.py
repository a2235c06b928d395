"""Exercises in a notebook: cells that save and check themselves, and never overwrite work."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.exercises import check, hint, progress
from lab.exercises.notebook import exercise_cell, with_a_body
from lab.exercises.source import Exercise

RIGHT = "def double(number):\n    return number * 2\n"
WRONG = "def double(number):\n    return numbr * 2\n"


@pytest.fixture(autouse=True)
def _learner(workspace: Path, content: Path) -> None:
    """Let every test have a workspace and a content of its own."""


@pytest.fixture
def file(workspace: Path, exercise: Exercise) -> Path:
    return workspace / "exercises" / exercise.path


def test_a_cell_is_saved_and_checked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise_cell("01.1", RIGHT)
    assert "Exercise 01.1: Twice: passed" in capsys.readouterr().out
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Exercise 01.1: Twice\n#\n# **Goal.** `double(3)`")
    assert text.endswith(f"\n\n{RIGHT}")
    check("01.1")
    assert "passed" in capsys.readouterr().out


def test_an_error_names_the_line_of_the_cell(capsys: pytest.CaptureFixture[str]) -> None:
    exercise_cell("01.1", WRONG)
    # In the cell, line 1 is `%%exercise 01.1`.
    assert "Line 3: return numbr * 2\n" in capsys.readouterr().out


def test_an_error_names_the_line_of_the_file(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise_cell("01.1", WRONG)
    capsys.readouterr()
    check("01.1")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert f"Line {lines.index('    return numbr * 2') + 1}: " in capsys.readouterr().out


def test_a_cell_as_it_came_writes_nothing(
    file: Path, exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise_cell("01.1", exercise.stub)
    assert not file.exists()
    out = capsys.readouterr().out
    assert "not attempted\n  Write your answer in the exercise's cell, below its first line" in out
    assert "`" not in out  # the goal with its Markdown stands above the cell already


def test_an_empty_cell_writes_nothing_and_gives_the_stub_back(
    file: Path, exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise_cell("01.1", "\n")
    assert not file.exists()
    out = capsys.readouterr().out
    assert out.startswith("Exercise 01.1: Twice: this cell is empty, and nothing was saved.")
    assert exercise.stub in out


def test_a_cell_without_a_body_gets_as_far_as_us() -> None:
    assert with_a_body(["%%exercise 01.1\n"]) == ["%%exercise 01.1\n", "\n"]
    for other in (["%%exercise 01.1\n", "x = 1\n"], ["%%time\n"], []):
        assert with_a_body(other) == other


def test_a_cell_as_it_came_leaves_the_answer_in_the_file(
    file: Path, exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(RIGHT, encoding="utf-8")
    exercise_cell("01.1", exercise.stub)
    assert file.read_text(encoding="utf-8") == RIGHT
    out = capsys.readouterr().out
    assert "Checked is the file exercises/01_numbers/1_twice.py" in out
    assert "passed" in out


def test_work_from_an_editor_is_kept_beside(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise_cell("01.1", WRONG)
    exercise_cell("01.1", WRONG + "# again\n")
    assert list(file.parent.glob("*.kept-*")) == []
    file.write_text("# mine\n" + WRONG, encoding="utf-8")
    exercise_cell("01.1", RIGHT)
    assert "is kept in 1_twice.kept-1.py" in capsys.readouterr().out
    kept = file.with_name("1_twice.kept-1.py")
    assert kept.read_text(encoding="utf-8") == "# mine\n" + WRONG


def test_an_unknown_number_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    for call in (check, hint):
        call("01.7")
        out = capsys.readouterr().out
        assert out == "There is no exercise '01.7'. There are: 01.1, 01.2.\n"


def test_a_number_without_quotation_marks_is_understood(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hint(1.1)  # type: ignore[arg-type]
    assert "Did you mean 01.1?" in capsys.readouterr().out


def test_hints_and_progress_are_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    hint("01.1")
    progress()
    out = capsys.readouterr().out
    assert "hint 1 of 2" in out
    assert "01.1  not attempted  Twice" in out
    assert "\x1b" not in out

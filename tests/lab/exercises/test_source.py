"""An exercise is read from one text; a text that is none says what is missing."""

from __future__ import annotations

import pytest

from lab.exercises.catalogue import UnknownExerciseError, exercises, find
from lab.exercises.source import Exercise, SourceError, read_exercise


def test_all_of_an_exercise_is_in_its_source(exercise: Exercise) -> None:
    assert exercise.heading == "Exercise 01.1: Twice"
    assert exercise.goal == "`double(3)` is 6."
    assert exercise.text == "**Goal.** `double(3)`\nis 6.\n\nA function gives something back."
    assert (exercise.minutes, exercise.purpose) == (3, "Returning is not printing.")
    assert exercise.hints == (
        "What does a function without return give back?",
        "`return 2 * number`",
    )
    assert [one.name for one in exercise.wrong] == ["prints", "squares", "one-case"]
    prints = exercise.wrong[0]
    assert prints.why == "Printing looks like giving back."
    assert prints.says == "but is None"
    assert prints.code == "def double(number):\n    print(2 * number)\n"
    assert [one.name for one in exercise.right] == ["adds"]
    assert exercise.seconds == 2


def test_the_stub_is_the_solution_without_what_is_to_be_found(exercise: Exercise) -> None:
    assert exercise.solution == "def double(number):\n    return 2 * number\n"
    assert exercise.stub == "def double(number):\n    ...  # Give back twice the number.\n"


@pytest.mark.usefixtures("content")
def test_exercises_are_found_by_number_in_order() -> None:
    assert [one.number for one in exercises()] == ["01.1", "01.2"]
    assert find("01.2").title == "Twice again"
    with pytest.raises(UnknownExerciseError, match=r"no exercise '01.9'. There are: 01.1, 01.2"):
        find("01.9")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# %% hints [markdown]", "# %% tips [markdown]", "no cell 'hints'"),
        ("**Goal.**", "Goal:", "One sentence"),
        ("Minutes: 3", "About 3 minutes", "Minutes: 5"),
        ("    # END SOLUTION\n", "", "# END SOLUTION"),
        ("# BEGIN SOLUTION", "# SOLUTION", "# BEGIN SOLUTION"),
        ("# - What does", "# What does", "two to four hints"),
        ("# says: but is None\n", "", "# says:"),
        ("# %% right-adds", "# %% left-adds", "one right-"),
        ("# %% wrong-squares", "# %% other-squares", "three wrong-"),
        ("# %% wrong-squares", "# %% wrong-prints", "two cells have the name 'wrong-prints'"),
        ("# %% wrong-squares", "# %% Wrong Squares", "no name of a cell"),
    ],
)
def test_what_is_missing_is_named(exercise: Exercise, old: str, new: str, says: str) -> None:
    text = exercise.file.read_text(encoding="utf-8")
    assert old in text
    exercise.file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError, match=r"01_numbers/1_twice\.py: ") as caught:
        read_exercise(exercise.file)
    assert says in str(caught.value)


def test_a_marker_in_a_string_is_no_cell(exercise: Exercise) -> None:
    text = exercise.file.read_text(encoding="utf-8")
    more = text + '\n\nTEXT = """\n# %% no cell\n"""\n'
    exercise.file.write_text(more, encoding="utf-8")
    assert "# %% no cell" in read_exercise(exercise.file).right[0].code

"""A workbook of one small chapter, and a workspace that is nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.exercises import catalogue
from lab.exercises.source import Exercise, read_exercise

SOURCE = """\
# %% goal [markdown]
# # Twice
#
# **Goal.** `double(3)`
# is 6.
#
# A function gives something back.

# %% instructor [markdown]
# Minutes: 3
#
# Returning is not printing.

# %% solution
def double(number):
    # BEGIN SOLUTION: ...  # Give back twice the number.
    return 2 * number
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect_equal

LIMIT = 2.0


def check(answer: Answer) -> None:
    for number in (3, answer.random.randrange(100)):
        expect_equal(answer.call("double", number), 2 * number, f"double({number})", hint="Twice.")


# %% hints [markdown]
# - What does a function without
#   return give back?
# - `return 2 * number`

# %% wrong-prints
# why: Printing looks like giving
# back.
# says: but is None
def double(number):
    print(2 * number)


# %% wrong-squares
# why: Twice is not squared.
# says: double(3) should be 6, but is 9
def double(number):
    return number**2


# %% wrong-one-case
# why: Only the example was tried.
# says: should be
def double(number):
    return 6


# %% right-adds
def double(number):
    return number + number
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, empty at first."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    monkeypatch.setenv("LAB_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with exercises 01.1 and 01.2, which the catalogue takes for all."""
    chapter = tmp_path / "content" / "01_numbers"
    chapter.mkdir(parents=True)
    (chapter / "1_twice.py").write_text(SOURCE, encoding="utf-8")
    later = SOURCE.replace("# # Twice", "# # Twice again")
    (chapter / "2_twice_again.py").write_text(later, encoding="utf-8")
    for function in (catalogue.exercise_files, catalogue.exercises):
        monkeypatch.setattr(function, "__defaults__", (chapter.parent,))
    return chapter.parent


@pytest.fixture
def exercise(content: Path) -> Exercise:
    """Exercise 01.1: write a function that doubles a number."""
    return read_exercise(content / "01_numbers" / "1_twice.py")

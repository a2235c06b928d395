"""Stubs, solutions, the instructor's list and the notebook's cells come from one source."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from lab.exercises.catalogue import ROOT
from tests.lab.exercises.sample import SOURCE
from tests.tools.test_build_notebooks import changed_here
from tools.build_exercises import build_exercises
from tools.build_notebooks import ContentError, build, main, out_of_step

LESSON = """\
# %% numbers [markdown]
# # Numbers

# %% shout program="shout.py"
print("twice")

# %% twice exercise="01.1"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one lesson with a program and an exercise, built."""
    content = tmp_path / "content"
    (content / "01_numbers").mkdir(parents=True)
    (content / "01_numbers.py").write_text(LESSON, encoding="utf-8")
    (content / "01_numbers" / "1_twice.py").write_text(SOURCE, encoding="utf-8")
    assert main([], root=tmp_path) == 0
    return tmp_path


def cells(project: Path) -> list[dict[str, Any]]:
    text = (project / "notebooks" / "01_numbers.ipynb").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["cells"]
    return found


def test_a_stub_has_the_goal_above_it_and_nothing_of_the_solution(project: Path) -> None:
    stub = (project / "exercises" / "01_numbers" / "1_twice.py").read_text(encoding="utf-8")
    assert stub.startswith("# Exercise 01.1: Twice\n#\n# **Goal.** `double(3)`\n# is 6.\n")
    assert '# Check it: .venv/bin/lab check 01.1 in a terminal, or check("01.1") in' in stub
    assert stub.endswith("\n\ndef double(number):\n    ...  # Give back twice the number.\n")
    assert "2 * number" not in stub
    ast.parse(stub)


def test_a_solution_is_whole_and_its_markers_are_gone(project: Path) -> None:
    text = (project / "solutions" / "01_numbers" / "1_twice.py").read_text(encoding="utf-8")
    assert text.endswith("\n\ndef double(number):\n    return 2 * number\n")
    assert "SOLUTION" not in text


def test_the_list_for_instructors_has_the_mistakes_with_their_messages(project: Path) -> None:
    text = (project / "docs" / "exercises.md").read_text(encoding="utf-8")
    assert "## 01 numbers: 1 exercise, 3 minutes" in text
    assert "### 01.1 Twice (3 minutes)\n\n*Goal.* `double(3)` is 6." in text
    assert "- Printing looks like giving back. Message: “but is None”" in text


def test_a_notebook_has_the_goal_and_the_stub_where_the_lesson_says(project: Path) -> None:
    _, program, goal, stub = cells(project)
    assert "".join(program["source"]) == '%%program shout.py\nprint("twice")'
    assert (goal["id"], goal["cell_type"]) == ("twice-goal", "markdown")
    assert "".join(goal["source"]).startswith("## Exercise 01.1: Twice\n\n**Goal.**")
    assert (stub["id"], stub["metadata"]) == ("twice", {})
    assert "".join(stub["source"]).startswith("%%exercise 01.1\ndef double(number):\n")


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (LESSON.replace("01.1", "01.2"), "there is no exercise 01.2"),
        (LESSON + '\n# %% again exercise="01.1"\n', "there is no exercise 01.1, or it is placed"),
        (LESSON.partition("# %% twice")[0], "no cell places exercise 01.1"),
    ],
)
def test_each_exercise_is_placed_once(project: Path, lesson: str, says: str) -> None:
    source = project / "content" / "01_numbers.py"
    source.write_text(lesson, encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        build(source)


def test_what_is_stale_or_has_no_source_is_named(project: Path) -> None:
    assert list(out_of_step(project)) == []
    (project / "exercises" / "01_numbers" / "1_twice.py").write_text("", encoding="utf-8")
    (project / "solutions" / "01_numbers" / "2_gone.py").write_text("", encoding="utf-8")
    (project / "exercises" / "01_numbers" / "my_own.py").write_text("", encoding="utf-8")
    assert list(out_of_step(project)) == [
        "exercises/01_numbers/1_twice.py is not what content/01_numbers/1_twice.py says.",
        "solutions/01_numbers/2_gone.py has no source: delete it, or add "
        "content/01_numbers/2_gone.py.",
    ]


def test_every_committed_stub_and_solution_is_built_from_its_source() -> None:
    # A learner's answers are changes of their own: lessons ask for them.
    made = build_exercises(ROOT)
    stale = [
        file.relative_to(ROOT).as_posix()
        for file, (text, _) in made.items()
        if not (file.exists() and (changed_here(file) or file.read_text(encoding="utf-8") == text))
    ]
    assert stale == [], "Edit content/. Then run: python -m tools.build_notebooks"

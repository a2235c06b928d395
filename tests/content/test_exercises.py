"""Every exercise is proved: its stub, its solution, the mistakes that people make, other answers.

The solution goes all the way that a learner's answer goes. The others have a process of their own
as well, but one that has imported the frameworks already (see `warm`). Even so that takes time, so
three mistakes and one other right answer of each exercise are tried; with `--long`, all are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.exercises.catalogue import CONTENT, exercise_files
from lab.exercises.outcome import Outcome, State
from lab.exercises.separate import check_answer
from lab.exercises.source import (
    FEWEST_WRONG,
    Exercise,
    SourceError,
    exercise_number,
    read_exercise,
)
from tests.content.warm import Warm

Case = tuple[Path, str, str]  # the source, what kind of answer, and its name


def cases(every: bool) -> list[Case]:
    """Return the answers of every exercise; a source that cannot be read is a case that fails."""
    found: list[Case] = []
    for file in exercise_files():
        try:
            exercise = read_exercise(file)
        except SourceError:
            found.append((file, "unreadable", ""))
            continue
        found += [(file, "stub", ""), (file, "solution", "")]
        wrong = exercise.wrong if every else exercise.wrong[:FEWEST_WRONG]
        right = exercise.right if every else exercise.right[:1]
        found += [(file, "wrong", sample.name) for sample in wrong]
        found += [(file, "right", sample.name) for sample in right]
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try the answers that were asked for."""
    if "case" in metafunc.fixturenames:
        every = bool(metafunc.config.getoption("long"))
        metafunc.parametrize("case", cases(every), ids=case_id)


def case_id(case: Case) -> str:
    file, kind, name = case
    return "-".join(part for part in (exercise_number(file), kind, name) if part)


def shown(outcome: Outcome) -> str:
    return outcome.text("The check says")


def sample(exercise: Exercise, kind: str, name: str) -> tuple[str, str]:
    samples = exercise.wrong if kind == "wrong" else exercise.right
    (found,) = (one for one in samples if one.name == name)
    return found.code, found.says


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The process that is copied for each check."""
    process = Warm()
    yield process
    process.close()


def test_an_answer_gets_what_it_deserves(case: Case, warm: Warm) -> None:
    file, kind, name = case
    exercise = read_exercise(file)
    if kind == "stub":
        outcome = check_answer(exercise, exercise.stub)
        assert outcome.state is State.NOT_ATTEMPTED
        compile(exercise.stub, "stub", "exec")
    elif kind == "wrong":
        code, says = sample(exercise, kind, name)
        outcome = check_answer(exercise, code, warm.run)
        assert outcome.state is State.NOT_YET, shown(outcome)
        assert says in outcome.message, shown(outcome)
    elif kind == "right":
        outcome = check_answer(exercise, sample(exercise, kind, name)[0], warm.run)
        assert outcome.state is State.PASSED, shown(outcome)
    else:
        outcome = check_answer(exercise, exercise.solution)
        assert outcome.state is State.PASSED, shown(outcome)


@pytest.mark.parametrize("file", exercise_files(), ids=exercise_number)
def test_each_mistake_has_a_message_of_its_own(file: Path) -> None:
    says = [sample.says for sample in read_exercise(file).wrong]
    assert len(set(says)) == len(says), "Two wrong answers expect the same message."


def test_the_numbers_of_a_chapters_exercises_have_no_gap() -> None:
    numbers = [exercise_number(file) for file in exercise_files()]
    chapters = sorted({number[:2] for number in numbers})
    expected = [
        f"{chapter}.{place}"
        for chapter in chapters
        for place in range(1, 1 + sum(number.startswith(chapter) for number in numbers))
    ]
    assert numbers == expected


def test_there_are_at_least_five_a_chapter_and_twenty_five_in_all() -> None:
    lessons = [file for file in sorted(CONTENT.glob("*.py")) if file.stem != "00_start_here"]
    counts = {file.stem: len(exercise_files(file.with_suffix(""))) for file in lessons}
    assert min(counts.values()) >= 5, counts
    assert sum(counts.values()) >= 25, counts

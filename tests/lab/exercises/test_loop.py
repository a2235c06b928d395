"""What a learner is told, and what is remembered."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from lab.exercises import loop, store
from lab.exercises.catalogue import find
from lab.exercises.outcome import State
from lab.exercises.source import Exercise

WRONG = "def double(number):\n    return number**2\n"


@pytest.fixture(autouse=True)
def _learner(workspace: Path, content: Path) -> None:
    """Let every test have a workspace and a content of its own."""


def answer(workspace: Path, exercise: Exercise, code: str) -> None:
    file = workspace / "exercises" / exercise.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")


def test_without_an_answer_it_says_where_to_write_one(exercise: Exercise) -> None:
    told = loop.told(exercise, loop.check_exercise(exercise))
    assert told.startswith("Exercise 01.1: Twice: not attempted\n")
    assert "exercises/01_numbers/1_twice.py" in told
    assert not store.progress_file().exists()


def test_a_passed_exercise_says_what_comes_next(workspace: Path, exercise: Exercise) -> None:
    answer(workspace, exercise, exercise.solution)
    told = loop.told(exercise, loop.check_exercise(exercise))
    assert told.splitlines() == [
        "Exercise 01.1: Twice: passed",
        "Passed so far: 1 of 2. Next: Exercise 01.2: Twice again",
    ]


def test_what_was_passed_once_stays_passed(workspace: Path, exercise: Exercise) -> None:
    for code in (exercise.solution, WRONG):
        answer(workspace, exercise, code)
        loop.check_exercise(exercise)
    line = loop.overview()[0].fields()
    assert (line["state"], line["last_state"], line["attempts"]) == ("passed", "not yet", 2)
    assert "Chapter 01 numbers: 1 of 2 passed\n  01.1  passed" in loop.overview_text()
    assert loop.overview_text("01") == loop.overview_text()
    assert loop.overview_text("02").startswith("Passed: 1 of 2.")


def test_the_first_hint_belongs_to_the_last_failure(workspace: Path, exercise: Exercise) -> None:
    answer(workspace, exercise, WRONG)
    loop.check_exercise(exercise)
    first, second, third, again = (loop.next_hint(exercise) for _ in range(4))
    assert first.splitlines() == [
        "Exercise 01.1: Twice: hint 1 of 3",
        "  On your last answer: double(3) should be 6, but is 9.",
        "  Twice.",
    ]
    assert "What does a function without" in second
    assert "solutions" not in second
    assert "return 2 * number" in third
    assert "solutions/01_numbers/1_twice.py" in third
    assert again == third


def test_hints_begin_again_with_a_new_failure(workspace: Path, exercise: Exercise) -> None:
    answer(workspace, exercise, WRONG)
    loop.check_exercise(exercise)
    loop.next_hint(exercise)
    loop.next_hint(exercise)
    answer(workspace, exercise, "def double(number):\n    print(number)\n")
    loop.check_exercise(exercise)
    assert "hint 1 of 3\n  On your last answer: double(3) should be 6, but is None" in (
        loop.next_hint(exercise)
    )


def test_a_hint_without_a_failure_is_the_exercises_own(exercise: Exercise) -> None:
    assert "hint 1 of 2\n  What does a function" in loop.next_hint(exercise)
    assert "hint 2 of 2" in loop.next_hint(exercise, 9)


def test_progress_survives_a_restart_and_is_written_whole(
    workspace: Path, exercise: Exercise
) -> None:
    answer(workspace, exercise, WRONG)
    loop.check_exercise(exercise)
    fields = json.loads((workspace / "progress.json").read_text(encoding="utf-8"))
    assert fields["exercises"]["01.1"]["state"] == "not yet"
    assert store.load().record("01.1").hint == "Twice."
    assert [file.name for file in workspace.glob("*.part")] == []


WRONG_KIND = """{"format": 1, "learner": "", "exercises":
  {"01.1": {"state": "passed", "attempts": "three"}}}"""


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": 9}', '{"format": 1, "exercises": 3}', WRONG_KIND, "[" * 100_000],
)
def test_a_file_that_cannot_be_read_is_set_aside(
    workspace: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        (workspace / "progress.json").write_text(text, encoding="utf-8")
        with store.changed() as progress:
            progress.record("01.1").attempts = 5
        assert "set aside as progress.unreadable-" in capsys.readouterr().err
    aside = sorted(file.name for file in workspace.glob("progress.unreadable-*"))
    assert aside == ["progress.unreadable-1.json", "progress.unreadable-2.json"]
    assert (workspace / aside[0]).read_text(encoding="utf-8") == text
    assert store.load().record("01.1").attempts == 5


def test_reading_sets_aside_as_well_and_only_what_is_still_unreadable(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workspace / "progress.json"
    file.write_text("{", encoding="utf-8")
    assert store.load() == store.Progress()
    assert "set aside as progress.unreadable-1.json" in capsys.readouterr().err
    # Another process sets a broken file aside and writes a good one, just after this one has read.
    file.write_text("{", encoding="utf-8")
    read = store.read

    def read_late(place: Path) -> store.Progress:
        monkeypatch.setattr(store, "read", read)
        try:
            return read(place)
        finally:
            good = {"format": 1, "learner": "Other", "exercises": {}}
            place.write_text(json.dumps(good), encoding="utf-8")

    monkeypatch.setattr(store, "read", read_late)
    assert store.load().learner == "Other"
    assert not (workspace / "progress.unreadable-2.json").exists()


def test_nothing_is_lost_when_many_write_at_once() -> None:
    def attempt(number: str) -> None:
        for _ in range(10):
            with store.changed() as progress:
                progress.record(number).attempts += 1

    writers = [threading.Thread(target=attempt, args=(n,)) for n in ("01.1", "01.1", "01.2")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    progress = store.load()
    assert [progress.record(number).attempts for number in ("01.1", "01.2")] == [20, 10]


def test_all_passed_is_said(workspace: Path) -> None:
    for number in ("01.1", "01.2"):
        answer(workspace, find(number), find(number).solution)
        assert loop.check_exercise(find(number)).state is State.PASSED
    assert loop.overview_text().endswith("Passed: 2 of 2. That is all of them.")

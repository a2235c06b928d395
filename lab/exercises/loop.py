"""The learner's loop: check an answer, take a hint, see the progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lab.exercises import store
from lab.exercises.catalogue import exercises
from lab.exercises.outcome import Outcome, State, wrapped
from lab.exercises.separate import check_answer
from lab.exercises.source import Exercise
from lab.exercises.workspace import answer_text

SOLUTION: Final = "That was the last hint. The solution is in solutions/{path}"


def check_exercise(exercise: Exercise) -> Outcome:
    """Check the learner's answer in its file, and take note of what came out."""
    outcome = check_answer(exercise, answer_text(exercise))
    if outcome.state is not State.NOT_ATTEMPTED:
        with store.changed() as progress:
            progress.record(exercise.number).note(outcome)
    return outcome


def told(exercise: Exercise, outcome: Outcome, lines_before: int = 0) -> str:
    """Return all that a learner is told after a check."""
    lines = [outcome.text(exercise.heading, lines_before)]
    if outcome.state is State.NOT_ATTEMPTED:
        lines += [f"  {line}" for line in wrapped(exercise.goal)]
        lines += [f"  Write your answer in exercises/{exercise.path}"]
        lines += ["  or in the exercise's cell of the notebook. If you have: is it saved?"]
    elif outcome.state is State.PASSED:
        lines.append(_what_is_next(exercise))
    else:
        number = exercise.number
        lines.append(f'A hint: hint("{number}") in a notebook, lab hint {number} in a terminal')
    return "\n".join(lines)


def next_hint(exercise: Exercise, tier: int | None = None) -> str:
    """Return a hint: the one of that tier, or one more than was shown since the last failure.

    The first belongs to the last failure, when that has one; the exercise's own follow.
    """
    with store.changed() as progress:
        record = progress.record(exercise.number)
        if record.state is State.PASSED:
            return f"{exercise.heading}: you have passed it, so there is nothing to hint at."
        hints = [hint for hint in (record.hint, *exercise.hints) if hint]
        place = record.hints_shown + 1 if tier is None else tier
        place = min(max(place, 1), len(hints))
        record.hints_shown = max(record.hints_shown, place)
    lines = [f"{exercise.heading}: hint {place} of {len(hints)}"]
    if place == 1 and record.hint:
        lines += [f"  On your last answer: {record.message.splitlines()[0]}"]
    lines += [f"  {line}" for line in wrapped(hints[place - 1])]
    if place == len(hints):
        lines.append(SOLUTION.format(path=exercise.path))
    return "\n".join(lines)


@dataclass(frozen=True)
class Line:
    """One exercise in the overview of the progress."""

    exercise: Exercise
    record: store.Record

    @property
    def state(self) -> State:
        """What was passed once counts as passed, whatever became of it."""
        return State.PASSED if self.record.passed_at else self.record.state

    def fields(self) -> dict[str, Any]:
        """Return the line for a program."""
        return {
            "exercise": self.exercise.number,
            "title": self.exercise.title,
            "chapter": self.exercise.chapter,
            "state": str(self.state),
            "last_state": str(self.record.state),
            "attempts": self.record.attempts,
            "message": self.record.message,
            "checked_at": self.record.checked_at,
            "passed_at": self.record.passed_at,
        }


def overview() -> list[Line]:
    """Return a line for each exercise, in order."""
    progress = store.load()
    return [
        Line(exercise, progress.exercises.get(exercise.number, store.Record()))
        for exercise in exercises()
    ]


def overview_text(only: str = "") -> str:
    """Return the progress for a person: of all chapters, or of the one with this number."""
    lines = overview()
    text: list[str] = []
    chapter = ""
    for line in lines:
        if not line.exercise.number.startswith(only):
            continue
        if line.exercise.chapter != chapter:
            chapter = line.exercise.chapter
            inside = [one for one in lines if one.exercise.chapter == chapter]
            passed = sum(one.state is State.PASSED for one in inside)
            text.append(f"Chapter {chapter.replace('_', ' ')}: {passed} of {len(inside)} passed")
        text.append(f"  {line.exercise.number}  {line.state:<14} {line.exercise.title}")
    return "\n".join([*text, _total(lines)])


def _total(lines: list[Line]) -> str:
    passed = sum(line.state is State.PASSED for line in lines)
    total = f"Passed: {passed} of {len(lines)}."
    following = next((line for line in lines if line.state is not State.PASSED), None)
    if following is None:
        return f"{total} That is all of them."
    return f"{total} Next: {following.exercise.heading}, in exercises/{following.exercise.path}"


def _what_is_next(exercise: Exercise) -> str:
    lines = overview()
    passed = sum(line.state is State.PASSED for line in lines)
    total = f"Passed so far: {passed} of {len(lines)}."
    later = lines[[line.exercise for line in lines].index(exercise) + 1 :]
    following = next((line for line in later if line.state is not State.PASSED), None)
    return f"{total} Next: {following.exercise.heading}" if following else total

"""Stubs, solutions and the instructor's list, from the sources of the exercises."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from lab.exercises.catalogue import exercises
from lab.exercises.header import header, solution_header
from lab.exercises.source import Exercise

LIST_HEAD = """\
# The exercises

Made by `make notebooks` from `content/`; do not edit it. The mistakes are the wrong answers that
the tests try: each gets the message that is quoted here.
"""


def build_exercises(root: Path) -> dict[Path, tuple[str, Path]]:
    """Return each file below `root` that is made from exercises: its text, and what it is made of.

    Raises:
        SourceError: when a source is not in the format.
    """
    content = root / "content"
    all_exercises = exercises(content)
    made: dict[Path, tuple[str, Path]] = {}
    for one in all_exercises:
        made[root / "exercises" / one.path] = (f"{header(one)}\n{one.stub}", one.file)
        made[root / "solutions" / one.path] = (f"{solution_header(one)}\n{one.solution}", one.file)
    if all_exercises:
        made[root / "docs" / "exercises.md"] = (_list(all_exercises), content)
    return made


def _list(all_exercises: list[Exercise]) -> str:
    parts = [LIST_HEAD]
    for chapter, inside in groupby(all_exercises, key=lambda one: one.chapter):
        members = list(inside)
        minutes = sum(one.minutes for one in members)
        count = f"{len(members)} exercise{'s' if len(members) > 1 else ''}"
        parts.append(f"## {chapter.replace('_', ' ')}: {count}, {minutes} minutes\n")
        parts += [_entry(one) for one in members]
    return "\n".join(parts)


def _entry(exercise: Exercise) -> str:
    mistakes = "\n".join(f"- {one.why} Message: “{_plain(one.says)}”" for one in exercise.wrong)
    return (
        f"### {exercise.number} {exercise.title} ({exercise.minutes} minutes)\n\n"
        f"*Goal.* {exercise.goal}\n\n*What it is for.* {exercise.purpose}\n\n{mistakes}\n"
    )


def _plain(message: str) -> str:
    """Return a message as Markdown that shows it: a tag in it would be one on the page."""
    return message.replace("<", r"\<")

"""What stands above the code in an exercise's file."""

from __future__ import annotations

from lab.exercises.source import Exercise


def header(exercise: Exercise) -> str:
    """Return the goal as a comment, and how to check the answer."""
    text = [
        exercise.heading,
        "",
        *exercise.text.splitlines(),
        "",
        f"Check it: .venv/bin/lab check {exercise.number} in a terminal, "
        f'or check("{exercise.number}") in a notebook.',
    ]
    return "\n".join(f"# {line}".rstrip() for line in text) + "\n"


def solution_header(exercise: Exercise) -> str:
    """Return what stands above a solution."""
    return (
        f"# {exercise.heading}\n"
        "# One right answer of many. The exercise, with its text, is the file of the same name in\n"
        "# exercises/.\n"
    )

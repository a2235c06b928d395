"""Exercises in a notebook: `check`, `hint`, `progress`, and cells that begin with `%%exercise`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from lab.exercises import loop, store
from lab.exercises.catalogue import UnknownExerciseError, find
from lab.exercises.header import header
from lab.exercises.outcome import Outcome, State
from lab.exercises.separate import is_stub
from lab.exercises.source import Exercise
from lab.exercises.workspace import answer_file, answer_text

MAGIC: Final = "exercise"


def check(number: str) -> None:
    """Say whether the answer to an exercise such as "03.2" is right, and if not, what is wrong."""
    exercise = _find(number)
    if exercise is not None:
        _say(_told(exercise, loop.check_exercise(exercise)))


def hint(number: str, tier: int | None = None) -> None:
    """Give a hint for an exercise: one more each time, or the one of that tier, from 1 up."""
    exercise = _find(number)
    if exercise is not None:
        _say(loop.next_hint(exercise, tier))


def progress(chapter: str = "") -> None:
    """Show what is passed and what comes next: of all chapters, or of one such as "03"."""
    _say(loop.overview_text(chapter))


def exercise_cell(line: str, cell: str) -> None:
    """Save the cell as the answer to the exercise that its first line names, and check it."""
    exercise = _find(line.strip())
    if exercise is None:
        return
    if not cell.strip():
        _say(f"{exercise.heading}: this cell is empty, and nothing was saved. It came with:\n")
        _say(exercise.stub)
        return
    if is_stub(exercise, cell):
        if not is_stub(exercise, answer_text(exercise)):
            _say(f"This cell is still as it came. Checked is the file exercises/{exercise.path}")
        check(exercise.number)
        return
    above = _save(exercise, cell)
    _say(_told(exercise, loop.check_exercise(exercise), lines_before=above))


def register() -> None:
    """Make `%%exercise` known where this runs in a notebook."""
    if "IPython" not in sys.modules:
        return  # a terminal or a check, which the import would slow down
    from IPython.core.getipython import get_ipython

    if shell := get_ipython():
        shell.register_magic_function(exercise_cell, "cell", MAGIC)  # type: ignore[arg-type]
        shell.input_transformers_cleanup.append(with_a_body)


def with_a_body(lines: list[str]) -> list[str]:
    """Put a blank line into a cell that is empty but for `%%exercise`: IPython refuses it else."""
    empty = len(lines) == 1 and lines[0].startswith(f"%%{MAGIC} ")
    return [*lines, "\n"] if empty else lines


def _told(exercise: Exercise, outcome: Outcome, lines_before: int = 0) -> str:
    """Return what a learner is told in a notebook, where the goal stands above the cell."""
    if outcome.state is not State.NOT_ATTEMPTED:
        return loop.told(exercise, outcome, lines_before)
    return "\n".join([
        outcome.text(exercise.heading),
        "  Write your answer in the exercise's cell, below its first line, and run the cell.",
        f"  If it is in exercises/{exercise.path}: save that file, and check again.",
    ])  # fmt: skip


def _find(number: str) -> Exercise | None:
    try:
        return find(str(number))  # 03.2 without quotation marks is a number
    except UnknownExerciseError as error:
        _say(str(error))
        return None


def _save(exercise: Exercise, cell: str) -> int:
    """Write a cell to the answer's file; return how many lines stand above it there.

    An answer that was written elsewhere, in an editor, is kept beside it.
    """
    file = answer_file(exercise)
    head = header(exercise)
    text = f"{head}\n{cell}"
    before = answer_text(exercise)
    file.parent.mkdir(parents=True, exist_ok=True)
    with store.changed() as kept:
        record = kept.record(exercise.number)
        if before != text and not is_stub(exercise, before) and _hash(before) != record.cell_sha256:
            _say(f"The answer that stood in the file is kept in {_keep(file, before).name}")
        part = file.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(file)
        record.cell_sha256 = _hash(text)
    # A blank line more stands above it in the file, and in the cell the line with %%exercise.
    return head.count("\n")


def _keep(file: Path, text: str) -> Path:
    names = (file.with_name(f"{file.stem}.kept-{n}.py") for n in range(1, 10_000))
    copy = next(name for name in names if not name.exists())
    copy.write_text(text, encoding="utf-8")
    return copy


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")

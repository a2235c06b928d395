"""An exercise on a page: what to do, where its file is, and the solution when it is asked for."""

from __future__ import annotations

import html
import re

import nbformat
from nbformat import NotebookNode

from lab.exercises.source import Exercise

PLACE = re.compile(r"%%exercise (\d\d\.\d+)\n")


def for_reading(notebook: NotebookNode, exercises: dict[str, Exercise]) -> NotebookNode:
    """Return a lesson in which each cell for an answer is text: a page can check no answer."""
    notebook.cells = [_shown(cell, exercises) for cell in notebook.cells]
    return notebook


def _shown(cell: NotebookNode, exercises: dict[str, Exercise]) -> NotebookNode:
    found = PLACE.match(cell.source) if cell.cell_type == "code" else None
    if found is None:
        return cell
    made: NotebookNode = nbformat.v4.new_markdown_cell(  # type: ignore[no-untyped-call]
        to_markdown(exercises[found[1]])
    )
    made.id = cell.id
    return made


def to_markdown(exercise: Exercise) -> str:
    """Return where the answer goes, the hints and the solution, each closed until it is opened."""
    path = f"exercises/{exercise.path}"
    hints = [
        _closed(f"Hint {place} for exercise {exercise.number}", hint)
        for place, hint in enumerate(exercise.hints, start=1)
    ]
    solution = _closed(
        f"A solution of exercise {exercise.number}: one right answer of many",
        f"```python\n{exercise.solution.rstrip()}\n```",
    )
    where = (
        f"Your answer goes into [{path}](../{path}), or into the cell of the notebook that "
        f"begins with `%%exercise {exercise.number}`. `lab check {exercise.number}` in a terminal "
        "says whether it is right, and if not, what is wrong."
    )
    return "\n\n".join([where, *hints, solution])


def _closed(title: str, text: str) -> str:
    return (
        f'<details class="asked-for"><summary>{html.escape(title)}</summary>\n\n{text}\n\n'
        "</details>"
    )

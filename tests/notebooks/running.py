"""Run a lesson as JupyterLab would, and see what it shows and what it leaves behind."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from functools import cache

import psutil
from nbclient import NotebookClient
from nbformat import NotebookNode

from tools.build_notebooks import ROOT, build

MARK = "SERVED_TWICE_TEST_RUN"
RECORDED = "LAB_LESSON_RECORDED"
CELL_SECONDS = 180  # a busy machine takes long, and only what hangs must not
END_SECONDS = 30


@dataclass(frozen=True)
class Lesson:
    """A lesson that has run: its cells with their outputs, and the processes left behind."""

    notebook: NotebookNode
    left_over: list[psutil.Process]

    def output(self, name: str) -> str:
        """Return all that the cell of this name shows: as HTML what has no other form."""
        (cell,) = (cell for cell in self.notebook.cells if cell.id == name)
        return "".join(
            output.text
            if output.output_type == "stream"
            else output.data.get("text/html", output.data["text/plain"])
            for output in cell.outputs
        )


@cache
def run(chapter: str, folder: str) -> Lesson:
    """Run a chapter in a new kernel that starts in this folder of the project.

    The second call for the same chapter and folder returns what the first one did. What runs is
    what `build` makes of the source: a learner's own changes to a notebook play no part.
    """
    notebook = build(ROOT / "content" / f"{chapter}.py")
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(ROOT / folder)}},
    )
    mark = uuid.uuid4().hex
    # All that the lesson starts inherits the mark. Lesson 06 shows a recorded session instead of
    # measuring for 75 seconds, and says so.
    client.execute(env={**os.environ, MARK: mark, RECORDED: "1"})
    _, left_over = psutil.wait_procs(_marked(mark), timeout=END_SECONDS)
    return Lesson(notebook, left_over)


def _marked(mark: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark:
                found.append(process)
        except psutil.Error:
            continue  # ended already, or somebody else's
    return found

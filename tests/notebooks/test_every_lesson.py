"""Every lesson runs unattended from the top to the bottom and cleans up after itself."""

from __future__ import annotations

from tests.notebooks.running import run

# Matplotlib says so once on a machine where it has never drawn.
FIRST_USE = "Matplotlib is building the font cache"


def test_a_lesson_runs_without_a_warning_and_leaves_no_process(chapter: str, folder: str) -> None:
    lesson = run(chapter, folder)
    code = [cell for cell in lesson.notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(cell.execution_count for cell in code)
    warnings = [
        output.text
        for cell in code
        for output in cell.outputs
        if output.get("name") == "stderr" and FIRST_USE not in output.text
    ]
    assert warnings == []
    assert lesson.left_over == []

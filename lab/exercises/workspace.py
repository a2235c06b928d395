"""Where a learner's answers and progress lie: the checkout, or the folder in LAB_WORKSPACE."""

from __future__ import annotations

import os
from pathlib import Path

from lab.exercises.catalogue import ROOT
from lab.exercises.source import Exercise


def workspace() -> Path:
    """Return the folder that holds exercises/ and progress.json."""
    return Path(os.environ.get("LAB_WORKSPACE") or ROOT)


def not_here() -> str:
    """Return a note when this is the lab of one copy of the workbook, called in another.

    So it is for whoever has made a copy and types the path of the old `lab`: the answers that count
    would be those of the old place.
    """
    here = Path.cwd()
    copy = next(
        (one for one in (here, *here.parents) if (one / "lab" / "exercises").is_dir()), None
    )
    if os.environ.get("LAB_WORKSPACE") or copy is None or copy.resolve() == ROOT.resolve():
        return ""
    return (
        f"Note: this `lab` belongs to {ROOT}, and looks at the answers there.\n"
        f"For those in {copy}, use its own: .venv/bin/lab (make lab sets it up)."
    )


def answer_file(exercise: Exercise) -> Path:
    """Return the file that holds the learner's answer."""
    return workspace() / "exercises" / exercise.path


def answer_text(exercise: Exercise) -> str:
    """Return the learner's answer; the stub when there is none yet."""
    try:
        return answer_file(exercise).read_text(encoding="utf-8")
    except FileNotFoundError:
        return exercise.stub

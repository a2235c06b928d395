"""Where a learner's answers and progress lie: the checkout, or the folder in LAB_WORKSPACE."""

from __future__ import annotations

import os
from pathlib import Path

from lab.exercises.catalogue import ROOT
from lab.exercises.source import Exercise


def workspace() -> Path:
    """Return the folder that holds exercises/ and progress.json."""
    return Path(os.environ.get("LAB_WORKSPACE") or ROOT)


def answer_file(exercise: Exercise) -> Path:
    """Return the file that holds the learner's answer."""
    return workspace() / "exercises" / exercise.path


def answer_text(exercise: Exercise) -> str:
    """Return the learner's answer; the stub when there is none yet."""
    try:
        return answer_file(exercise).read_text(encoding="utf-8")
    except FileNotFoundError:
        return exercise.stub

"""All exercises, in their order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from lab.exercises.source import Exercise, exercise_number, read_exercise

ROOT: Final = Path(__file__).parents[2]
CONTENT: Final = ROOT / "content"
CHAPTER: Final = re.compile(r"\d\d_[a-z0-9_]+")


class UnknownExerciseError(LookupError):
    """There is no exercise of this number. Names the ones there are."""

    def __init__(self, number: str, known: list[str]) -> None:
        if not number:
            super().__init__(f"Which exercise? There are: {', '.join(known)}.")
        elif f"0{number}" in known:
            super().__init__(f"There is no exercise '{number}'. Did you mean 0{number}?")
        else:
            chapter = [one for one in known if one.startswith(f"{number[:2]}.")]
            super().__init__(
                f"There is no exercise '{number}'. There are: {', '.join(chapter or known)}."
            )

    def __str__(self) -> str:
        return str(self.args[0])


def exercise_files(content: Path = CONTENT) -> list[Path]:
    """Return the sources of all exercises, in order; a chapter's folder gives its own alone."""
    pattern = "[0-9]*_*.py" if CHAPTER.fullmatch(content.name) else "[0-9][0-9]_*/[0-9]*_*.py"
    return sorted(content.glob(pattern), key=_place)


def exercises(content: Path = CONTENT) -> list[Exercise]:
    """Return every exercise of a content folder, or of one chapter's folder in it, in order.

    Raises:
        SourceError: when one of them is not in the format.
    """
    return [read_exercise(file) for file in exercise_files(content)]


def find(number: str) -> Exercise:
    """Return the exercise of a number such as 03.2.

    Raises:
        UnknownExerciseError: when there is none.
    """
    by_number = {exercise_number(file): file for file in exercise_files()}
    if number not in by_number:
        raise UnknownExerciseError(number, list(by_number))
    return read_exercise(by_number[number])


def _place(file: Path) -> tuple[str, int]:
    return file.parent.name, int(file.name.partition("_")[0])

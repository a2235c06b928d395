"""The learner's progress in one JSON file, progress.json: kept across restarts, and never lost.

Written whole or not at all, under a lock, because a notebook and a terminal may write at once. A
file that cannot be read is set aside under another name, and a new one begun.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from lab.aside import set_aside
from lab.exercises.outcome import Outcome, State
from lab.exercises.workspace import workspace

FORMAT: Final = 1
LOCK_SECONDS: Final = 10


@dataclass
class Record:
    """What is known of one exercise. Times are ISO 8601 in UTC."""

    state: State = State.NOT_ATTEMPTED
    attempts: int = 0
    message: str = ""
    hint: str = ""
    hints_shown: int = 0
    checked_at: str | None = None
    passed_at: str | None = None
    cell_sha256: str = ""
    """Of the answer that a notebook's cell has written last."""

    def note(self, outcome: Outcome) -> None:
        """Take note of a check. What was passed once stays passed."""
        if outcome.state is State.NOT_ATTEMPTED:
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if outcome.message != self.message:
            self.hints_shown = 0  # hints begin again with the new failure
        self.state = outcome.state
        self.message, self.hint = outcome.message, outcome.hint
        self.attempts += 1
        self.checked_at = now
        if outcome.state is State.PASSED and self.passed_at is None:
            self.passed_at = now


@dataclass
class Progress:
    """A learner's name, which may be empty, and a record for each exercise that was looked at."""

    learner: str = ""
    exercises: dict[str, Record] = field(default_factory=dict)

    def record(self, number: str) -> Record:
        """Return the record of an exercise, a new one when there is none."""
        return self.exercises.setdefault(number, Record())

    def passed(self, number: str) -> bool:
        """Whether an exercise was ever passed."""
        return self.exercises.get(number, Record()).passed_at is not None


KINDS: Final[dict[str, type | tuple[type, ...]]] = {
    "attempts": int,
    "hints_shown": int,
    "message": str,
    "hint": str,
    "cell_sha256": str,
    "checked_at": (str, type(None)),
    "passed_at": (str, type(None)),
}


class ProgressError(ValueError):
    """A file that is no progress file. Says which and what is wrong."""

    def __init__(self, file: Path, problem: object) -> None:
        super().__init__(f"{file} is not a progress file: {problem}")


def read(file: Path) -> Progress:
    """Return the progress in a file.

    Raises:
        ProgressError: when it is not one.
        OSError: when it cannot be read.
    """
    try:
        fields: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise ValueError(f"its format is {fields['format']!r}, and {FORMAT} is known")
        records = {str(number): _record(one) for number, one in fields["exercises"].items()}
        return Progress(str(fields["learner"]), records)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProgressError(file, error) from error


def _record(fields: dict[str, Any]) -> Record:
    """Return a record whose every field is of its kind: what follows counts and compares them."""
    record = Record(**{**fields, "state": State(fields["state"])})
    for name, kind in KINDS.items():
        value = getattr(record, name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ValueError(f"{name} is {value!r}")
    return record


def progress_file() -> Path:
    """Return where this learner's progress is kept."""
    return workspace() / "progress.json"


def load() -> Progress:
    """Return this learner's progress; a file that cannot be understood is set aside."""
    file = progress_file()
    try:
        return read(file)
    except FileNotFoundError:
        return Progress()
    except ProgressError:
        # Another process may have set it aside meanwhile: the good file that it wrote must stay.
        with _locked(file):
            return _load(file)


@contextmanager
def changed() -> Iterator[Progress]:
    """Give the progress to be changed in a `with` block, and write it at its end."""
    file = progress_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with _locked(file):
        progress = _load(file)
        yield progress
        part = file.with_name(".progress.part")
        fields = {"format": FORMAT, **asdict(progress)}
        part.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")
        part.replace(file)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    import portalocker  # slow to import, and a check's process writes nothing here

    with portalocker.Lock(file.with_name(".progress.lock"), timeout=LOCK_SECONDS):
        yield


def _load(file: Path) -> Progress:
    try:
        return read(file)
    except FileNotFoundError:
        return Progress()
    except ProgressError as error:
        aside = set_aside(file)
        sys.stderr.write(f"{error}\nIt was set aside as {aside.name}, and a new one is begun.\n")
        return Progress()

"""The files of a class in one table: `lab merge`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click

from lab.exercises import store
from lab.exercises.catalogue import exercises
from lab.exercises.outcome import State
from lab.exercises.source import Exercise


class MergeError(RuntimeError):
    """There is nothing to merge. Says what was looked for."""


@dataclass(frozen=True)
class ClassTable:
    """What a class has done: a progress for each learner, and the files that could not be read."""

    learners: dict[str, store.Progress]
    unreadable: list[str]
    exercises: Sequence[Exercise]

    def fields(self) -> dict[str, Any]:
        """Return the table for a program."""
        return {
            "learners": [
                {
                    "learner": name,
                    "passed": sum(progress.passed(one.number) for one in self.exercises),
                    "states": {one.number: _state(progress, one) for one in self.exercises},
                }
                for name, progress in self.learners.items()
            ],
            "exercises": [
                {
                    "exercise": one.number,
                    "passed": self._passed(one),
                    "attempts_median": self._attempts(one),
                    "commonest_message": self._commonest(one),
                }
                for one in self.exercises
            ],
            "unreadable": self.unreadable,
        }

    def text(self) -> str:
        """Return the table for a person."""
        chapters = sorted({one.chapter for one in self.exercises})
        width = max(len("Learner"), *(len(name) for name in self.learners))
        lines = [f"{'Learner':<{width}}  passed  {'  '.join(c[:2] for c in chapters)}"]
        for name, progress in self.learners.items():
            counts = [
                sum(progress.passed(one.number) for one in self.exercises if one.chapter == chapter)
                for chapter in chapters
            ]
            total = f"{sum(counts)}/{len(self.exercises)}"
            lines.append(f"{name:<{width}}  {total:>6}  {'  '.join(f'{n:>2}' for n in counts)}")
        lines += ["", "Exercise  passed by  attempts (median)  commonest message of those not done"]
        for one in self.exercises:
            attempts = self._attempts(one)
            shown = "-" if attempts is None else f"{attempts:g}"
            line = f"{one.number:<8}  {self._passed(one):>9}  {shown:>17}  {self._commonest(one)}"
            lines.append(line.rstrip())
        return "\n".join([*lines, *self.unreadable])

    def _passed(self, exercise: Exercise) -> int:
        return sum(progress.passed(exercise.number) for progress in self.learners.values())

    def _records(self, exercise: Exercise) -> list[store.Record]:
        found = (one.exercises.get(exercise.number) for one in self.learners.values())
        return [record for record in found if record is not None and record.attempts]

    def _attempts(self, exercise: Exercise) -> float | None:
        attempts = [record.attempts for record in self._records(exercise)]
        return median(attempts) if attempts else None

    def _commonest(self, exercise: Exercise) -> str:
        open_ones = [one for one in self._records(exercise) if one.passed_at is None]
        messages = Counter(one.message.partition("\n")[0] for one in open_ones if one.message)
        return messages.most_common(1)[0][0] if messages else ""


def _state(progress: store.Progress, exercise: Exercise) -> str:
    if progress.passed(exercise.number):
        return State.PASSED
    return progress.exercises.get(exercise.number, store.Record()).state


def merge(directory: Path) -> ClassTable:
    """Return the progress files below a folder as one table.

    A learner's name is the one in the file; without one, it is the file's path in the folder.

    Raises:
        MergeError: when there is none.
    """
    learners: dict[str, store.Progress] = {}
    unreadable: list[str] = []
    for file in sorted(directory.rglob("*.json")):
        shown = file.relative_to(directory).as_posix()
        try:
            progress = store.read(file)
        except (store.ProgressError, OSError) as error:
            unreadable.append(f"Left out: {error}")
            continue
        name = progress.learner or shown
        learners[f"{name} ({shown})" if name in learners else name] = progress
    if not learners:
        raise MergeError(
            f"There is no progress file below {directory}. Collect your learners' progress.json "
            "there, each under a name of its own."
        )
    return ClassTable(learners, unreadable, exercises())


@click.command("merge", epilog="Example: `lab merge handed-in/`, or with --json for a program")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def merge_command(directory: Path, as_json: bool) -> None:
    """Put the progress files of a class, anywhere below DIRECTORY, into one table."""
    try:
        table = merge(directory)
    except MergeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(table.fields(), indent=2) if as_json else table.text())

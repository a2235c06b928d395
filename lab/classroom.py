"""The files of a class, as one: `lab merge` puts progress into a table, and pools results."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

import click

from lab.bench.pooling import Pooled, looks_like_results, pool
from lab.bench.results import Results
from lab.exercises import store
from lab.exercises.catalogue import exercises
from lab.exercises.outcome import State
from lab.exercises.source import Exercise


class MergeError(RuntimeError):
    """There is nothing to merge. Says what was looked for."""


@dataclass(frozen=True)
class ClassTable:
    """What a class has done: a progress for each learner, the results of `lab bench` of each
    machine, and the files that could not be read."""

    learners: dict[str, store.Progress]
    unreadable: list[str]
    exercises: Sequence[Exercise]
    pooled: Pooled = field(default_factory=lambda: pool({}))

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
            "results": self.pooled.fields(),
            "unreadable": self.unreadable,
        }

    def text(self) -> str:
        """Return what there is for a person."""
        lines = self._learner_lines() if self.learners else []
        if self.pooled.sessions:
            lines += [*([""] if lines else []), *self._machine_lines()]
        return "\n".join([*lines, *self.unreadable])

    def _machine_lines(self) -> list[str]:
        from lab.bench.report.pooled import left_out, sentence

        n = len(self.pooled.sessions)
        lines = [f"Results of {n} machine{'s' if n > 1 else ''}, each one estimate:"]
        lines += [f"- {sentence(one)}" for one in self.pooled.spreads]
        return [*lines, *left_out(self.pooled)]

    def _learner_lines(self) -> list[str]:
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
        return lines

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
    """Return the progress files and the results files below a folder as one.

    A learner's name is the one in the file; without one, it is the file's path in the folder.

    Raises:
        MergeError: when there is none of either.
    """
    learners: dict[str, store.Progress] = {}
    sessions: dict[str, Results] = {}
    unreadable: list[str] = []
    for file in sorted(directory.rglob("*.json")):
        shown = file.relative_to(directory).as_posix()
        try:
            if looks_like_results(file):
                sessions[shown] = _results(file)
                continue
            progress = store.read(file)
        except (store.ProgressError, MergeError, OSError) as error:
            unreadable.append(f"Left out: {error}")
            continue
        name = progress.learner or shown
        learners[f"{name} ({shown})" if name in learners else name] = progress
    if not learners and not sessions:
        raise MergeError(
            "\n".join([
                f"There is no progress file below {directory}, and no results of `lab bench`. "
                "Collect your learners' progress.json or reports/results.json there, each under a "
                "name of its own.",
                *unreadable,
            ])
        )  # fmt: skip
    return ClassTable(learners, unreadable, exercises(), pool(sessions))


def _results(file: Path) -> Results:
    from lab.bench.session import ResultsError, read_results

    try:
        results = read_results(file)
    except ResultsError as error:
        raise MergeError(str(error)) from error
    for one in results.comparisons:
        # Ratios of several machines are averaged by their logarithms.
        if one.ratio is not None and not 0 < one.ratio.estimate < inf:
            raise MergeError(f"{file}: the ratio of {one.id} is {one.ratio.estimate}.")
    return results


@click.command(
    "merge",
    epilog="Example: `lab merge handed-in/`, or with --json for a program",
)
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports"),
    show_default=True,
    help="Where the page on the machines goes, when there are results of `lab bench`.",
)
def merge_command(directory: Path, as_json: bool, folder: Path) -> None:
    """Put the files of a class, anywhere below DIRECTORY, together.

    Progress files become one table. Results files of `lab bench` show how far the machines agree.
    """
    try:
        table = merge(directory)
    except MergeError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(table.fields(), indent=2))
        return
    click.echo(table.text())
    if table.pooled.sessions:
        from lab.bench.report.pooled import write_pooled

        files = write_pooled(table.pooled, folder)
        click.echo("\nWritten: " + ", ".join(str(file) for file in files))

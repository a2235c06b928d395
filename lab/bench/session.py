"""A session's results as they grow: every row is in the file as soon as it is measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from lab.bench.comparing import Block
from lab.bench.results import Comparison, Knee, Layer, Omission, Results, Row

FILE = "results.json"


class ResultsError(ValueError):
    """A file is not the results of a session. Says why, and what to do."""


def now() -> str:
    """Return this moment as results files have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_results(file: Path) -> Results:
    """Return the results in a file.

    Raises ResultsError when it cannot be read, or is not a results file.
    """
    try:
        return Results.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ResultsError(f"{file} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ResultsError(
            f"{file} is not a results file of this version: {place}: {first['msg']}."
        ) from error


class Session:
    """Results that are being measured, and the file that holds them."""

    def __init__(self, results: Results, file: Path) -> None:
        self._results = results
        self.file = file
        self._save()

    @property
    def results(self) -> Results:
        """What there is so far."""
        return self._results

    @property
    def rows(self) -> dict[str, Row]:
        """The rows so far, by id."""
        return {row.id: row for row in self._results.rows}

    def add(self, row: Row) -> None:
        """Keep a row."""
        self._change(rows=[*self._results.rows, row])

    def replace(self, rows: Sequence[Row]) -> None:
        """Keep rows in place of those of the same ids."""
        changed = {row.id: row for row in rows}
        self._change(rows=[changed.get(row.id, row) for row in self._results.rows])

    def note(self, text: str) -> None:
        """Keep a sentence on what could not be done. Said once, however often it is called."""
        if text not in self._results.notes:
            self._change(notes=[*self._results.notes, text])

    def put_comparisons(self, comparisons: Sequence[Comparison]) -> None:
        """Keep comparisons, in place of those of the same ids."""
        kept = {one.id: one for one in [*self._results.comparisons, *comparisons]}
        self._change(comparisons=list(kept.values()))

    def put_knee(self, knee: Knee) -> None:
        """Keep a knee, in place of that of the same sweep."""
        knees = [*self._results.knees, knee]
        kept = {(one.stack, one.workload, one.sweep): one for one in knees}
        self._change(knees=list(kept.values()))

    def put_layers(self, layers: Sequence[Layer]) -> None:
        """Keep the layers."""
        self._change(layers=list(layers))

    def put_omission(self, omission: Omission) -> None:
        """Keep what was seen of coordinated omission."""
        self._change(omission=omission)

    def finish(self, **more: Any) -> None:
        """Take note that all was done."""
        self._change(finished_at=now(), **more)

    def blocks(self, experiment: str) -> dict[int, Block]:
        """Return the whole blocks of an experiment by number: of each the first whole attempt.

        Rows of a block that was broken off stay in the file and are in no pair: what was measured
        later did not run next to them.
        """
        attempts: dict[tuple[int, int], dict[str, Row]] = defaultdict(dict)
        for row in self._results.rows:
            place = row.details
            if place.get("experiment") == experiment:
                attempts[place["block"], place["attempt"]][place["role"]] = row
        whole: dict[int, Block] = {}
        for (block, _), rows in sorted(attempts.items()):
            wanted = next(iter(rows.values())).details["roles"]
            if set(wanted) == set(rows):
                whole.setdefault(block, rows)
        return whole

    def next_attempt(self, experiment: str, block: int) -> int:
        """Return the number of the next attempt at a block, from 1."""
        places = [row.details for row in self._results.rows]
        begun = [
            place["attempt"]
            for place in places
            if place.get("experiment") == experiment and place["block"] == block
        ]
        return max(begun, default=0) + 1

    def _change(self, **fields: Any) -> None:
        self._results = self._results.model_copy(update=fields)
        self._save()

    def _save(self) -> None:
        """Replace the file at once: an interrupt leaves the old one or the new one."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        new.write_text(self._results.model_dump_json(indent=1) + "\n", encoding="utf-8")
        new.replace(self.file)

"""The generator's ceiling once more, when all is measured: of the two the lower one counts.

A ceiling moves with the machine. One that was measured in a good minute would let rows pass in
which the generator was the limit in a bad one.
"""

from __future__ import annotations

from collections.abc import Mapping

from lab.bench.experiment import keep_comparisons
from lab.bench.knee import knee_of
from lab.bench.load.ceiling import near_ceiling
from lab.bench.measuring import Measurer
from lab.bench.modes import Mode
from lab.bench.results import Row
from lab.bench.session import Session

NONE = ""  # for rows without a ceiling
LATER = "A point was seen to be at the generator's own limit when all was measured."


def recheck(mode: Mode, measurer: Measurer, session: Session) -> None:
    """Measure each ceiling again, and judge anew the rows for which it has become lower."""
    again = measurer.ceilings_again()
    rows = session.results.rows
    changed = [(row, lower) for row in rows if (lower := lowered(row, again)) is not None]
    if changed:
        session.replace([lower for _, lower in changed])
    bound = {row.id for row, lower in changed if row.validity != lower.validity}
    if bound:
        session.note(
            f"The generator's ceiling was lower at the end than at the beginning: {len(bound)} "
            "rows turned out to be generator-bound."
        )
        _judge_anew(mode, session, bound)
    once = sum(row.details.get("load_kind", NONE) not in {NONE, *again} for row in rows)
    if once and measurer.engine == "own":
        session.note(
            f"For {once} rows from before the interruption the generator's ceiling was measured "
            "only once."
        )


def lowered(row: Row, again: Mapping[str, float]) -> Row | None:
    """Return a row with the lower ceiling, and what it is then; None where it is not lower."""
    ceiling = again.get(row.details.get("load_kind", NONE))
    if ceiling is None or row.ceiling is None or ceiling >= row.ceiling:
        return None
    changes: dict[str, object] = {"ceiling": ceiling}
    if row.validity == "valid" and (reasons := near_ceiling(row.throughput, ceiling)):
        changes |= {"validity": "generator-bound", "why": "; ".join(reasons)}
    return row.model_copy(update=changes)


def _judge_anew(mode: Mode, session: Session, bound: set[str]) -> None:
    for experiment in mode.experiments:
        keep_comparisons(experiment, session)
    rows = session.rows
    for one in session.results.knees:
        if bound & {*one.points}:
            points = [rows[name] for name in one.points]
            again = knee_of(one.stack, one.workload, points, one.target_ms, LATER, one.sweep)
            session.put_knee(again)

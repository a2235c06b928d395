"""The ceiling has fallen: rows that were near it are taken back, with what hung on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.bench import modes
from lab.bench.choosing import choose
from lab.bench.comparing import compare
from lab.bench.knee import knee_of
from lab.bench.measuring import Measurer
from lab.bench.modes import Mode
from lab.bench.rechecking import LATER, lowered, recheck
from lab.bench.results import Row
from lab.bench.session import FILE, Session
from tests.lab.bench.sample import row, usual
from tests.lab.bench.test_session import empty

KIND = "closed loop"
RATES = {"fastapi": 9000.0, "again": 9000.0, "flask": 2000.0}
[EXPERIMENT] = choose(modes.quick(), [], []).experiments


class Slower(Measurer):
    """A measurer that reaches less than before."""

    def ceilings_again(self) -> dict[str, float]:
        return {KIND: 10_000.0}


def measured(block: int, role: str) -> Row:
    stack = "fastapi" if role == "again" else role
    name = f"predict-one-{block}-{role}"
    place = {"experiment": "predict-one", "block": block, "attempt": 1, "role": role}
    details = {**place, "roles": list(RATES), "load_kind": KIND}
    one = row(name, stack, "predict-one", RATES[role], usual(1.5), details=details)
    return one.model_copy(update={"throughput": RATES[role]})


def point(rate: float) -> Row:
    details = {"rate": rate, "load_kind": KIND}
    return row(f"knee-{rate:.0f}", "flask", "predict-one", rate, usual(1.5), details=details)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(empty(), tmp_path / FILE)
    for block in range(1, 7):
        for role in RATES:
            session.add(measured(block, role))
    blocks = list(session.blocks("predict-one").values())
    session.put_comparisons([compare(one, blocks, seed=1) for one in EXPERIMENT.asked()])
    return session


def verdict(session: Session) -> str:
    return session.results.comparisons[0].verdict


def test_the_lower_ceiling_counts_and_verdicts_follow(session: Session) -> None:
    assert verdict(session) == "faster"
    recheck(Mode("quick", None, (EXPERIMENT,)), Slower(), session)
    by_stack = {one.stack: one for one in session.results.rows}
    assert by_stack["fastapi"].validity == "generator-bound"
    assert "is 90% of the 10,000" in by_stack["fastapi"].why
    assert (by_stack["flask"].validity, by_stack["flask"].ceiling) == ("valid", 10_000)
    assert verdict(session) == "invalid"
    assert session.results.notes == [
        "The generator's ceiling was lower at the end than at the beginning: 12 rows turned out to "
        "be generator-bound."
    ]


def test_a_ceiling_that_has_risen_changes_nothing(session: Session) -> None:
    one = session.results.rows[0]
    assert one.ceiling == 12_000
    assert lowered(one, {KIND: 12_000.0}) is None
    assert lowered(one, {"another kind": 1.0}) is None


def test_a_knee_with_a_point_at_the_limit_is_lower(session: Session) -> None:
    points = [point(4000), point(9000)]
    for one in points:
        session.add(one)
    session.put_knee(knee_of("flask", "predict-one", points, 50, "", 2))
    assert session.results.knees[0].rate == 9000
    recheck(Mode("quick", None, ()), Slower(), session)
    [knee] = session.results.knees
    assert (knee.rate, knee.sweep) == (4000, 2)
    assert LATER in knee.why


def test_rows_whose_load_was_not_measured_again_are_named(session: Session) -> None:
    recheck(Mode("quick", None, ()), Measurer(), session)  # as in a session that was gone on with
    [note] = session.results.notes
    assert note.startswith("For 18 rows from before the interruption")

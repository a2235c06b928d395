"""What was measured is kept: whole blocks are found again, broken ones are in no pair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lab.bench.results import Results, Row
from lab.bench.session import FILE, ResultsError, Session, read_results
from tests.lab.bench.sample import ENVIRONMENT, row, usual

ROLES = ["fastapi", "flask", "again"]


def empty() -> Results:
    return Results(
        mode="quick",
        seed=1,
        command="lab bench --quick",
        started_at="2026-11-25T10:00:00+00:00",
        finished_at=None,
        environment=ENVIRONMENT,
        rows=[],
    )


def measured(block: int, role: str, attempt: int = 1) -> Row:
    stack = "flask" if role == "flask" else "fastapi"
    details = {
        "experiment": "health", "block": block, "attempt": attempt, "role": role, "roles": ROLES,
    }  # fmt: skip
    name = f"health-{block}-{attempt}-{role}"
    return row(name, stack, "health", 1000, usual(1.5), details=details)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(empty(), tmp_path / FILE)


def test_every_row_is_in_the_file_at_once(session: Session) -> None:
    for place, role in enumerate(ROLES):
        session.add(measured(1, role))
        assert len(read_results(session.file).rows) == place + 1


def test_whole_blocks_are_found_again_after_an_interruption(session: Session) -> None:
    for role in ROLES:
        session.add(measured(1, role))
    session.add(measured(2, "flask"))
    again = Session(read_results(session.file), session.file)
    assert list(again.blocks("health")) == [1]
    assert (again.next_attempt("health", 2), again.next_attempt("health", 3)) == (2, 1)


def test_a_broken_block_is_measured_again_and_its_rows_are_kept(session: Session) -> None:
    session.add(measured(1, "flask"))
    for role in ROLES:
        session.add(measured(1, role, attempt=2))
    assert {one.id for one in session.blocks("health")[1].values()} == {
        f"health-1-2-{role}" for role in ROLES
    }
    assert len(session.results.rows) == 4


def test_a_note_is_said_once(session: Session) -> None:
    session.note("Go (go): not installed: make extras.")
    session.note("Go (go): not installed: make extras.")
    assert len(session.results.notes) == 1


def test_an_unfinished_session_says_so(session: Session) -> None:
    assert read_results(session.file).finished_at is None
    session.finish()
    assert read_results(session.file).finished_at is not None


def test_a_foreign_file_is_named_and_so_is_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(json.dumps({"format": 2}), encoding="utf-8")
    with pytest.raises(ResultsError, match=r"other.json is not a results file.*format"):
        read_results(file)
    with pytest.raises(ResultsError, match="cannot be read"):
        read_results(tmp_path / "nothing.json")

"""`lab merge`: the progress files of a class in one table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lab.cli import main
from lab.exercises.catalogue import exercises
from tests.lab.bench.sample import sample


def record(state: str, attempts: int, message: str = "") -> dict[str, Any]:
    passed_at = "2026-11-25T10:00:00+00:00" if state == "passed" else None
    return {"state": state, "attempts": attempts, "message": message, "passed_at": passed_at}


def write(file: Path, learner: str, records: dict[str, dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fields = {"format": 1, "learner": learner, "exercises": records}
    file.write_text(json.dumps(fields), encoding="utf-8")


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    first, second = (one.number for one in exercises()[:2])
    write(tmp_path / "a" / "progress.json", "First", {first: record("passed", 3)})
    write(tmp_path / "b.json", "", {first: record("not yet", 5, "The area is missing.\nmore")})
    write(tmp_path / "c.json", "Third", {first: record("passed", 1), second: record("passed", 2)})
    (tmp_path / "d.json").write_text("{", encoding="utf-8")
    return tmp_path


def merge(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["merge", *arguments])


def test_learners_and_exercises_are_counted(handed_in: Path) -> None:
    table = json.loads(merge(str(handed_in), "--json").output)
    passed = {one["learner"]: one["passed"] for one in table["learners"]}
    assert passed == {"First": 1, "b.json": 0, "Third": 2}
    first, second = table["exercises"][:2]
    assert (first["passed"], first["attempts_median"]) == (2, 3)
    assert first["commonest_message"] == "The area is missing."
    assert (second["passed"], second["attempts_median"]) == (1, 2)
    assert table["exercises"][2]["attempts_median"] is None


def test_the_table_reads_as_text_and_names_what_was_left_out(handed_in: Path) -> None:
    result = merge(str(handed_in))
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("Learner  passed  00  01  02")
    assert lines[3].split()[:4] == ["Third", f"2/{len(exercises())}", "1", "1"]
    assert any(line.endswith("The area is missing.") for line in lines)
    assert "d.json is not a progress file" in lines[-1]


def test_the_same_name_twice_keeps_both(tmp_path: Path) -> None:
    for name in ("x.json", "y.json"):
        write(tmp_path / name, "Same", {})
    table = json.loads(merge(str(tmp_path), "--json").output)
    assert [one["learner"] for one in table["learners"]] == ["Same", "Same (y.json)"]


@pytest.mark.parametrize(
    "changes", [{"attempts": "three"}, {"passed_at": 5}, {"message": None}, {"state": "done"}]
)
def test_a_file_with_a_field_of_another_kind_is_left_out_and_stays(
    handed_in: Path, changes: dict[str, Any]
) -> None:
    broken = handed_in / "e.json"
    write(broken, "Fifth", {exercises()[0].number: {**record("passed", 1), **changes}})
    before = broken.read_bytes()
    result = merge(str(handed_in))
    assert result.exit_code == 0
    assert "e.json is not a progress file" in result.output
    assert "Fifth" not in result.output
    assert broken.read_bytes() == before


def test_results_with_an_impossible_ratio_are_left_out_and_stay(handed_in: Path) -> None:
    fields = sample().model_dump(mode="json")
    fields["comparisons"][0]["ratio"]["estimate"] = 0
    broken = handed_in / "results.json"
    broken.write_text(json.dumps(fields), encoding="utf-8")
    result = merge(str(handed_in))
    assert result.exit_code == 0
    assert "results.json: the ratio of predict-one/fastapi/flask is 0" in result.output
    assert json.loads(broken.read_text(encoding="utf-8")) == fields


def test_an_empty_folder_says_what_was_looked_for(tmp_path: Path) -> None:
    result = merge(str(tmp_path))
    assert result.exit_code == 1
    assert "There is no progress file below" in result.output

"""The seconds of a request come from this machine's benchmark, or it is said why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lab.bench.results import Results
from lab.cli import main
from lab.decide import figures, load_case, with_measured
from lab.decide.command import fields
from lab.decide.measured import measured
from lab.decide.widgets import explore
from tests.lab.bench.sample import row, sample, usual
from tests.lab.decide.sample import case


def results(*throughputs: float, **changes: object) -> Results:
    """Return a session of runs that keep 0.9 of a core busy."""
    rows = [
        row(f"r{n}", "fastapi", "predict-one", one, usual(1.5), **changes)
        for n, one in enumerate(throughputs)
    ]
    return sample().model_copy(update={"rows": rows})


def written(tmp_path: Path, session: Results) -> Path:
    file = tmp_path / "results.json"
    file.write_text(session.model_dump_json(), encoding="utf-8")
    return file


def test_cores_over_answers_a_second(tmp_path: Path) -> None:
    # 0.9 of a core over 300 answers a second: 3 ms each; over 450: 2 ms.
    found = measured(written(tmp_path, results(300, 450)), "predict-one")
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.002, 0.003))
    assert found.source.startswith("2 runs of fastapi, workload predict-one, machine sample-1")
    assert found.date == "2026-11-25"


def test_a_case_computes_with_it_and_says_so(tmp_path: Path) -> None:
    changed, told = with_measured(load_case("demo"), written(tmp_path, results(300, 450)))
    compute = figures(changed)["load.compute"]
    assert (compute.low, compute.high) == pytest.approx((0.002, 0.003))
    assert "measured on this machine: 2.00 to 3.00 ms" in told


@pytest.mark.parametrize(
    "session",
    [
        results(),
        results(300, validity="invalid", why="Busy."),
        results(300, server_cpu=None),
        results(300, server_cpu=-1.0),
        results(300, server_cpu=float("nan")),
        results(-300),
    ],
    ids=["no run", "not valid", "processor not measured", "below 0", "no number", "no answers"],
)
def test_what_was_not_measured_stays_an_assumption(tmp_path: Path, session: Results) -> None:
    start = load_case("demo")
    changed, told = with_measured(start, written(tmp_path, session))
    assert changed == start
    assert "are the case's assumption" in told
    assert "holds no valid run" in told


def test_without_a_file_and_with_a_broken_one_the_case_stays(tmp_path: Path) -> None:
    start, file = load_case("demo"), tmp_path / "results.json"
    assert with_measured(start, file)[0] == start
    file.write_text("{", encoding="utf-8")
    changed, told = with_measured(start, file)
    assert changed == start
    assert "is not a results file" in told
    assert file.read_text(encoding="utf-8") == "{"
    assert "cannot be read: Is a directory" in with_measured(start, tmp_path)[1]


def test_a_notebook_that_computes_with_it_shows_what_the_terminal_does(tmp_path: Path) -> None:
    file = written(tmp_path, results(300, 450))
    explorer = explore(with_measured(load_case("shop"), file)[0], "load.idle", view="Points")
    explorer.controls["load.idle"].value = 0.5
    explorer.save(tmp_path / "state.json")
    arguments = ["--state", str(tmp_path / "state.json"), "--results", str(file), "--json"]
    told = json.loads(CliRunner().invoke(main, ["decide", *arguments]).output)
    assert told["bills"] == json.loads(json.dumps(fields(explorer.case)["bills"]))


def test_a_case_that_names_no_workload_has_its_own_seconds(tmp_path: Path) -> None:
    start = case()
    found = with_measured(start, written(tmp_path, results(300)))
    assert found == (start, "The seconds of a request are the case's own.")

"""Whole sessions, live and short: interrupted, gone on with, reported. No figure is looked at."""

from __future__ import annotations

import dataclasses
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from lab import servers
from lab.bench import experiment, modes, omission, running, steps
from lab.bench.choosing import choose
from lab.bench.commands import INTERRUPTED, bench_command
from lab.bench.declaring import BenchStack
from lab.bench.experiment import Experiment, run_experiment
from lab.bench.load import locust_engine
from lab.bench.load.ceiling import null_server
from lab.bench.measuring import Measurer
from lab.bench.modes import Mode
from lab.bench.progress import Progress, State
from lab.bench.remote import remote_stack
from lab.bench.results import LoadWorkers, Results, Row
from lab.bench.session import FILE, ResultsError, Session, read_results
from lab.bench.workloads import WORKLOADS
from tests.lab.bench import sample
from tests.lab.bench.test_session import empty

WORKLOAD = dataclasses.replace(WORKLOADS["health"], seconds=0.15, warm_up=0.05, connections=2)


def quiet_stack(name: str, **changes: object) -> BenchStack:
    null = null_server(wait=0.005)
    fields: dict[str, object] = {
        "interface": "none", "server": "null", "framework": "none", "http_parser": "none",
        **changes,
    }  # fmt: skip
    return BenchStack(name, f"server {name}", null.command, "", **fields)  # type: ignore[arg-type]


@pytest.fixture
def short_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the quick mode be one block of servers that do nothing, one of which is not here."""
    stacks = (
        quiet_stack("one"),
        quiet_stack("two", threads=4),
        quiet_stack("absent", needs="a-program-that-nobody-has"),
    )
    mode = Mode("quick", 60, (Experiment(WORKLOAD, stacks, blocks=1),))
    monkeypatch.setitem(modes.MODES, "quick", lambda: mode)


def began(folder: Path) -> Session:
    return running.begin(mode="quick", seed=1, command="lab bench --quick", folder=folder)


def checked(results: Results) -> None:
    """Hold a finished session to what does not depend on the machine."""
    whole = [row for row in results.rows if row.details["attempt"] == 2]
    assert len(whole) == 3
    assert sum(row.stack == "one" for row in whole) == 2
    for row in whole:
        assert row.planned == row.good + sum(row.errors.values()) + row.unanswered
        assert {"counts", "Little's law", "bytes", "ceiling"} <= {one.name for one in row.checks}
        assert row.ledger.keep_alive
        assert row.ceiling is not None
    [comparison] = results.comparisons
    assert comparison.id == "health/one/two"
    assert comparison.verdict in {"undecided", "invalid"}
    assert comparison.unequal == [
        "threads a worker: none (asynchronous, or a new one for each connection) against 4"
    ]
    assert {one for pair in comparison.pairs + comparison.control for one in pair} == {
        row.id for row in whole
    }
    assert "server absent (absent): not installed: make extras." in results.notes
    assert results.finished_at is not None


@pytest.mark.usefixtures("short_mode")
def test_an_interrupted_session_keeps_its_rows_and_goes_on(tmp_path: Path) -> None:
    session = began(tmp_path)

    def interrupt(_: State) -> None:
        if session.results.rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.run_session(session, show=interrupt)
    assert len(read_results(tmp_path / FILE).rows) == 1
    again = running.resume(tmp_path)
    checked(running.run_session(again))
    assert read_results(tmp_path / FILE) == again.results
    with pytest.raises(ResultsError, match="is finished"):
        running.resume(tmp_path)


@pytest.mark.usefixtures("short_mode")
def test_going_on_with_something_else_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = began(tmp_path).results
    here = begun.environment.model_copy(update={"load_before": 9.0})
    monkeypatch.setattr(running, "read_environment", lambda *_: here)
    assert running.resume(tmp_path).results.notes == begun.notes
    here = here.model_copy(update={"python": "CPython 3.0.0"})
    assert "something had changed: python." in running.resume(tmp_path).results.notes[-1]


def test_a_server_that_runs_already_is_measured_and_left_alone(tmp_path: Path) -> None:
    with servers.running(null_server(wait=0.005)) as server:
        stacks = (remote_stack(server.url, ()),)
        session = began(tmp_path)
        run_experiment(Experiment(WORKLOAD, stacks, blocks=1), Measurer(), session, Progress(1))
        assert server.is_alive()
    assert len(session.results.rows) == 2
    for row in session.results.rows:
        assert not row.ledger.known
        assert row.ledger.framework == "unknown: not started here"
        assert row.ledger.workers is None
        assert row.server_cpu is None
        assert not row.details["server_pinned"]
    assert session.results.comparisons == []


@pytest.mark.usefixtures("short_mode")
def test_ctrl_c_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_session", interrupted)
    said = CliRunner().invoke(bench_command, ["--quick", "--out", str(tmp_path)])
    assert said.exit_code == INTERRUPTED
    assert f"Go on with: lab bench --resume --out {tmp_path}" in said.stderr


@pytest.mark.usefixtures("short_mode")
def test_what_fails_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ConnectionResetError("the server broke off")

    monkeypatch.setattr(steps, "run_experiment", failing)
    results = running.run_session(began(tmp_path))
    assert "health was broken off: the server broke off" in results.notes
    assert "Without any figure: health." in results.notes
    assert results.finished_at is not None


@pytest.mark.parametrize(("failures", "measured"), [(1, [1, 3, 4]), (2, [1])])
def test_a_block_that_fails_is_left_out_and_the_second_one_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: int, measured: list[int]
) -> None:
    begun: list[int] = []

    def block(_: Experiment, stacks: list[BenchStack], number: int, *__: object) -> object:
        if 2 <= number < 2 + failures:
            raise ConnectionResetError("the server broke off")
        begun.append(number)
        return stacks

    monkeypatch.setattr(experiment, "_run_block", block)
    session = Session(empty(), tmp_path / FILE)
    asked = Experiment(WORKLOAD, (quiet_stack("one"), quiet_stack("two")), blocks=4)
    with pytest.raises(ConnectionResetError) if failures == 2 else nullcontext():
        run_experiment(asked, Measurer(), session, Progress(1))
    assert begun == measured
    assert session.results.notes == ["health: block 2 was left out: the server broke off"]


@pytest.mark.parametrize("validity", ["valid", "generator-bound"])
def test_coordinated_omission_is_not_told_from_a_row_that_is_not_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, validity: str
) -> None:
    def measured(name: str, *_: object) -> Row:
        changes = {"validity": validity, "why": "it was busy"} if name == "open" else {}
        times = sample.usual(1)
        return sample.row(f"omission-{name}", "stalling", "omission", 100, times, **changes)

    monkeypatch.setattr(omission, "_measure", measured)
    session = Session(empty(), tmp_path / FILE)
    omission.show_omission(Measurer(), session)
    omission.show_omission(Measurer(), session)  # as when a session goes on
    assert [one.id for one in session.results.rows] == ["omission-closed", "omission-open"]
    assert (session.results.omission is not None) == (validity == "valid")
    assert [note for note in session.results.notes if "it was busy" in note] == (
        []
        if validity == "valid"
        else ["No coordinated omission: omission-open is generator-bound: it was busy."]
    )


def test_the_sweeps_of_several_stacks_take_turns(tmp_path: Path) -> None:
    mode = choose(modes.quick(), ["fastapi", "flask"], ["knee"], pairs=3)
    session = Session(empty(), tmp_path / FILE)
    names = [one.name for one in steps.steps(mode, Measurer(), session, Progress(1))]
    rounds = [{*names[place : place + 2]} for place in (0, 2, 4)]
    assert rounds == [
        {f"the knee of {stack}{more}" for stack in ("fastapi", "flask")}
        for more in ("", ", sweep 2", ", sweep 3")
    ]


@pytest.mark.usefixtures("short_mode")
def test_an_older_file_is_kept_under_its_time(tmp_path: Path) -> None:
    first = began(tmp_path)
    stamp = "".join(letter for letter in first.results.started_at if letter.isdigit())[:14]
    second = began(tmp_path)
    assert (tmp_path / f"results-{stamp}.json").exists()
    assert second.results.environment.machine == first.results.environment.machine


def test_without_locust_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locust_engine, "is_installed", lambda: False)
    options = ["--engine", "locust", "--out", str(tmp_path / "new")]
    said = CliRunner().invoke(bench_command, options)
    assert said.exit_code != 0
    assert "make extras" in said.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--workers", "3"], "are Locust's: add --engine locust"),
        (["--engine", "locust", "--workers", "0"], "0 of Locust's workers are asked for"),
        (["--engine", "locust", "--workers", "60"], "take 1 to "),
        (["--engine", "locust", "--bind", "here"], "give one such as 0.0.0.0"),
        (
            ["--engine", "locust", "--expect-workers", "2", "--bind", "0.0.0.0"],
            "which workers on other machines cannot reach",
        ),
    ],
)
def test_workers_that_could_do_nothing_are_refused(
    tmp_path: Path, options: list[str], message: str
) -> None:
    said = CliRunner().invoke(bench_command, [*options, "--out", str(tmp_path / "new")])
    assert said.exit_code != 0
    assert message in " ".join(said.stderr.split())
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("short_mode")
def test_workers_that_are_expected_are_told_how_to_come_and_are_kept_for_resuming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "run_session", lambda *_, **__: None)
    monkeypatch.setattr(locust_engine, "is_installed", lambda: True)
    options = ["--quick", "--engine", "locust", "--expect-workers", "2", "--out", str(tmp_path)]
    said = CliRunner().invoke(bench_command, options)
    assert said.exit_code == 1
    assert "Nothing was measured" in said.stderr
    assert "locust_standby --master 127.0.0.1:5557" in said.stderr
    results = running.resume(tmp_path).results
    assert results.load_workers == LoadWorkers(here=0, expected=2, port=5557)
    text = (tmp_path / "report.md").read_text("utf-8")
    assert "by Locust, with 0 worker processes on this machine and 2 that were started" in text


@pytest.mark.usefixtures("short_mode")
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = CliRunner().invoke(bench_command, ["--quick", "--out", str(tmp_path / "file" / "new")])
    assert said.exit_code == 1
    assert "file/new: Not a directory. Choose another folder with --out." in said.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--resume"], "There is nothing to go on with"),
        (["--resume", "--full", "--seed", "2"], "leave out --full, --seed, or begin a new session"),
        (["--stack", "flask"], "needs two stacks"),
        (["--stack", "apache"], "'apache' is not one of"),
        (["--workload", "nothing"], "'nothing' is not one of"),
        (["--url", "http://192.0.2.1:80"], "If the server is yours, say so by name: --i-own"),
        (["--url", "http://127.0.0.1:80", "--workload", "cold-start"], "runs already"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(
    tmp_path: Path, options: list[str], message: str
) -> None:
    said = CliRunner().invoke(bench_command, [*options, "--out", str(tmp_path / "new")])
    assert said.exit_code != 0
    assert message in said.stderr
    assert not (tmp_path / "new").exists()

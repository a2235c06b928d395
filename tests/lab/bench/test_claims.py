"""Claims: whole data, and verdicts that follow from what was measured and from nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lab import servers
from lab.bench import proofs
from lab.bench.claims import Claim, claims, find_claim, outcome, outcomes
from lab.bench.evidence import Found, find, judge, judge_knees
from lab.bench.modes import full
from lab.bench.proofs import PROOFS, Finding
from lab.bench.results import Interval, Results, Verdict
from lab.cli import main
from tests.lab.bench.sample import sample

NOISE = Interval(estimate=1.0, low=0.98, high=1.02)


def found(low: float, middle: float, high: float, **changes: Any) -> Found:
    fields: dict[str, Any] = {
        "identity": "a/b",
        "ratio": Interval(estimate=middle, low=low, high=high),
        "noise": NOISE,
        "verdict": "faster",
        "pairs": 10,
        "why": "",
        **changes,
    }
    return Found(**fields)


def test_every_claim_has_what_an_instructor_must_defend() -> None:
    assert len({one.id for one in claims()}) == len(claims()) >= 20
    for one in claims():
        assert all((one.hypothesis, one.falsifier, one.holds_when, one.not_when)), one.id
        assert one.notes in {"7.2", "7.3", "7.5", "7.6", "7.7", "7.8", "7.9", "8.0"}
    assert {one.experiment for one in claims() if one.experiment} == set(PROOFS)


def test_what_claims_need_is_measured_by_the_full_session() -> None:
    mode = full()
    blocks = {
        (one.identity, metric): {stack.name for stack in one.stacks}
        for one in mode.experiments
        for metric in one.metrics
    }
    for claim in claims():
        for test in claim.tests:
            pair = {test.first, test.second}
            if test.measure == "knee":
                assert pair <= {one.stack.name for one in mode.knees}
            else:
                assert pair <= blocks[test.workload, test.metric], claim.id


@pytest.mark.parametrize(
    ("low", "middle", "high", "state"),
    [
        (1.6, 1.7, 1.8, "for"),
        (1.0, 1.1, 1.2, "against"),  # faster, but not "much"
        (0.4, 0.5, 0.6, "against"),
        (1.4, 1.6, 1.8, "undecided"),
        (1.503, 1.508, 1.513, "undecided"),  # above, but by less than the noise
    ],
)
def test_an_interval_is_held_against_the_claims_own_threshold(
    low: float, middle: float, high: float, state: str
) -> None:
    assert judge(found(low, middle, high), 1.5).state == state


@pytest.mark.parametrize(
    "changes", [{"pairs": 4}, {"noise": None}, {"verdict": "invalid", "why": "A/A differs"}]
)
def test_few_pairs_no_noise_or_an_invalid_comparison_decide_nothing(changes: Any) -> None:  # noqa: ANN401
    assert judge(found(3, 4, 5, **changes), 1.5).state == "undecided"


@pytest.mark.parametrize(
    ("verdict", "state"), [("faster", "for"), ("slower", "against"), ("undecided", "undecided")]
)
def test_a_stack_that_never_answered_is_beyond_any_ratio(verdict: Verdict, state: str) -> None:
    assert judge(found(1, 1, 1, ratio=None, verdict=verdict), 1.5).state == state


def test_nothing_measured_is_said_to_be_so() -> None:
    assert judge(None, 1.5).state == "not measured"
    for one in outcomes(None):
        dated = find_claim(one.claim).kind == "dated"
        assert dated or one.verdict == "not measured"
        assert one.interval is None


def test_a_comparison_is_found_whichever_stack_came_first() -> None:
    forth = find(sample(), "predict-one", "fastapi", "flask", "throughput")
    back = find(sample(), "predict-one", "flask", "fastapi", "throughput")
    assert forth is not None
    assert back is not None
    assert forth.ratio is not None
    assert back.ratio is not None
    assert back.ratio.estimate == pytest.approx(1 / forth.ratio.estimate)
    assert back.ratio.low == pytest.approx(1 / forth.ratio.high)
    assert (forth.verdict, back.verdict) == ("faster", "slower")
    assert find(sample(), "predict-one", "fastapi", "flask", "latency_p99") is None
    assert find(sample(), "predict-one", "fastapi", "go", "throughput") is None


def shared_blocks(ratio: float) -> Results:
    """Two stacks that were both compared with a third one, in the same blocks."""
    one = sample().comparisons[0]
    beside = {pair[1]: f"beside-{pair[1]}" for pair in one.pairs}
    rows = [
        row.model_copy(
            update={"id": beside[row.id], "stack": "go", "throughput": row.throughput / ratio}
        )
        for row in sample().rows
        if row.id in beside
    ]
    other = one.model_copy(
        update={
            "id": "predict-one/fastapi/go",
            "second": "go",
            "pairs": [(first, beside[second]) for first, second in one.pairs],
        }
    )
    return sample().model_copy(
        update={"comparisons": [one, other], "rows": [*sample().rows, *rows]}
    )


def test_two_stacks_that_share_their_blocks_with_a_third_are_compared_by_them() -> None:
    through = find(shared_blocks(1.8), "predict-one", "flask", "go", "throughput")
    assert through is not None
    assert through.ratio is not None
    assert through.ratio.estimate == pytest.approx(1.8)
    assert through.noise is not None
    assert through.pairs == 10
    assert through.identity == "predict-one/fastapi/flask and predict-one/fastapi/go"


def test_rows_that_are_not_valid_make_no_pair() -> None:
    results = shared_blocks(1.8)
    lost = {second for _, second in results.comparisons[0].pairs[:6]}
    rows = [
        row.model_copy(update={"validity": "invalid"}) if row.id in lost else row
        for row in results.rows
    ]
    through = find(
        results.model_copy(update={"rows": rows}), "predict-one", "flask", "go", "throughput"
    )
    assert through is not None
    assert through.pairs == 4
    assert judge(through, 1.5).state == "undecided"


def test_pairs_in_which_one_stack_was_silent_are_not_left_out() -> None:
    results = shared_blocks(1.8)
    silent = {second for _, second in results.comparisons[1].pairs[:2]}
    rows = [
        row.model_copy(update={"throughput": 0.0}) if row.id in silent else row
        for row in results.rows
    ]
    through = find(
        results.model_copy(update={"rows": rows}), "predict-one", "flask", "go", "throughput"
    )
    assert through is not None
    assert through.ratio is None
    assert judge(through, 1.5).state == "undecided"


def swept(*flask: float, failed: bool = True) -> Results:
    """Sweeps of two stacks: the first one's knee is at 2,000 each time."""
    knees = []
    for number, rate in enumerate(flask, 1):
        for one, found in zip(sample().knees, (2000.0, rate), strict=True):
            changes = {"sweep": number, "rate": found, "failed": found * 1.1 if failed else None}
            knees.append(one.model_copy(update=changes))
    return sample().model_copy(update={"knees": knees})


def test_knees_are_compared_by_the_rates_on_either_side() -> None:
    results = swept(1000, 1000, 1000, 1000, 1000)
    judged = judge_knees(results, "predict-one", "fastapi", "flask", 1.5)
    assert judged.state == "for"
    assert judged.interval is not None
    assert judged.interval.estimate == pytest.approx(2)
    assert judged.interval.low == pytest.approx(2 / 1.1)
    assert judged.interval.high == pytest.approx(2 * 1.1)
    assert judge_knees(results, "predict-one", "fastapi", "flask", 2).state == "undecided"
    assert judge_knees(results, "predict-one", "flask", "fastapi", 1.5).state == "against"
    assert judge_knees(results, "health", "fastapi", "flask", 1).state == "not measured"


def test_one_sweep_decides_no_claim_and_neither_do_sweeps_that_disagree() -> None:
    once = judge_knees(sample(), "predict-one", "fastapi", "flask", 1.1)
    assert (once.state, once.interval) == ("undecided", None)
    assert "in 1 pairs of sweeps that found one: at least 5 are needed" in once.why
    one_odd = swept(1000, 1000, 3000, 1000, 1000)
    assert judge_knees(one_odd, "predict-one", "fastapi", "flask", 1.5).state == "undecided"
    open_ended = swept(1000, 1000, 1000, 1000, 1000, failed=False)
    assert judge_knees(open_ended, "predict-one", "fastapi", "flask", 1.5).state == "undecided"


def claim(*pairs: tuple[str, str]) -> Claim:
    fields = find_claim("async-much-faster").model_dump()
    tests = [
        {"workload": workload, "first": "fastapi", "second": second, "expects": "more",
         "condition": workload}
        for workload, second in pairs
    ]  # fmt: skip
    return Claim.model_validate({**fields, "tests": tests})


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        ([("predict-one", "flask")], "holds"),
        ([("listings-50", "flask")], "does not hold"),
        ([("predict-one", "flask"), ("listings-50", "flask")], "depends"),
        ([("predict-one", "flask"), ("predict-hundred", "flask")], "undecided"),
        ([("predict-one", "flask"), ("health", "go")], "undecided"),  # one is not measured
        ([("health", "go")], "not measured"),
    ],
)
def test_a_general_statement_is_refuted_by_one_condition_and_proven_by_none(
    pairs: list[tuple[str, str]], verdict: str
) -> None:
    said = outcome(claim(*pairs), sample())
    assert said.verdict == verdict
    assert len(said.comparisons) == sum(second == "flask" for _, second in pairs)


def test_an_experiment_gives_its_answer() -> None:
    asked = find_claim("print-lost")
    for holds, verdict in {True: "holds", False: "does not hold", None: "undecided"}.items():
        assert outcome(asked, None, Finding(holds, "Seen.")).verdict == verdict


@pytest.mark.parametrize("name", ["loses_prints", "documents_itself", "pushes_subfolder"])
def test_small_experiments_come_out_as_the_lessons_teach(name: str) -> None:
    assert PROOFS[name]().holds, PROOFS[name]().why


def test_both_apps_keep_one_contract_and_convert_what_they_can() -> None:
    with servers.running("fastapi") as one, servers.running("flask") as other:
        for finding in (proofs.sameness(one.url, other.url), proofs.conversion(one.url)):
            assert finding.holds, finding.why
        assert not proofs.sameness(one.url, f"{other.url}/elsewhere").holds


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["claims", *arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / "results.json").write_text(sample().model_dump_json(), encoding="utf-8")
    return tmp_path


def test_all_are_listed_with_this_machines_verdict(reports: Path) -> None:
    listed = run("--from", str(reports))
    assert listed.exit_code == 0
    for one in claims():
        assert f"{one.id:<21} {one.notes}  " in listed.output
    assert "machine sample-1" in listed.output
    (line,) = [line for line in listed.output.splitlines() if line.startswith("async-much")]
    assert "depends: ratio 1.90 (" in line


def test_one_is_shown_whole_and_for_programs(reports: Path) -> None:
    whole = run("async-much-faster", "--from", str(reports)).output
    for part in ("Hypothesis", "Margin", "Falsifier", "Holds when", "Does not when", "Conditions"):
        assert part in whole
    fields = json.loads(run("async-much-faster", "--json", "--from", str(reports)).output)
    assert fields["outcome"]["verdict"] == "depends"
    assert fields["margin"] == 0.5
    assert len(json.loads(run("--json", "--from", str(reports)).output)) == len(claims())


def test_the_newest_readable_results_count(reports: Path) -> None:
    older, foreign = reports / "results-older.json", reports / "results-foreign.json"
    older.write_text(
        sample().model_copy(update={"command": "lab bench --old"}).model_dump_json(), "utf-8"
    )
    os.utime(older, (1, 1))
    foreign.write_text("{}", encoding="utf-8")
    said = run("--from", str(reports))
    assert "`lab bench --seed 7`" in said.output
    assert f"Left out: {foreign} is not a results file" in said.stderr
    assert "`lab bench --old`" in run("--from", str(older)).output


def test_without_results_and_with_a_wrong_name(tmp_path: Path) -> None:
    assert "There are no results here yet" in run("--from", str(tmp_path)).output
    wrong = run("much-faster")
    assert wrong.exit_code == 1
    assert "There is no claim 'much-faster'. There are: one-contract," in wrong.output


@pytest.mark.parametrize("name", ["reports", "reports-26.11"])
def test_an_experiment_is_done_when_asked_for_and_kept(tmp_path: Path, name: str) -> None:
    place = ("--from", str(tmp_path / name))
    assert "not measured" in run("print-lost", *place).output
    assert "0 printed lines arrived" in run("print-lost", "--run", *place).output
    kept = json.loads(run("print-lost", "--json", *place).output)
    assert kept["outcome"]["verdict"] == "holds"
    assert (tmp_path / name / "claims.json").exists()

"""The results of a class: each machine is one estimate, and nothing else is put together."""

from __future__ import annotations

import json
from math import exp, log
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy import stats

from lab.bench.pooling import Spread, pool
from lab.bench.report.markdown import markdown
from lab.bench.report.pooled import document
from lab.bench.results import Results
from lab.cli import main
from tests.lab.bench.sample import other_machine

FACTORS = {"one": 1.0, "two": 1.2, "three": 0.9, "four": 1.1}
PREDICT = "predict-one/fastapi/flask"


def small(name: str, factor: float) -> Results:
    return other_machine(name, factor).model_copy(update={"rows": []})


@pytest.fixture(scope="module")
def machines() -> dict[str, Results]:
    return {f"{name}/results.json": small(name, factor) for name, factor in FACTORS.items()}


def spread(machines: dict[str, Results], identity: str = PREDICT) -> Spread:
    return next(one for one in pool(machines).spreads if one.identity == identity)


def test_each_machine_is_one_estimate(machines: dict[str, Results]) -> None:
    found = spread(machines)
    ratios = [one.ratio.estimate for one in found.estimates]
    base = ratios[[one.machine for one in found.estimates].index("one")]
    assert sorted(ratios) == pytest.approx(sorted(base * one for one in FACTORS.values()))
    assert found.middle == pytest.approx(base * 1.05)
    assert found.ends == pytest.approx((base * 0.9, base * 1.2))
    assert found.verdicts == "faster 4"


def test_the_mean_is_students_over_machines(machines: dict[str, Results]) -> None:
    found = spread(machines)
    logs = [log(one.ratio.estimate) for one in found.estimates]
    low, high = stats.t.interval(0.95, 3, loc=np.mean(logs), scale=stats.sem(logs))
    assert found.mean is not None
    assert found.another is not None
    assert (found.mean.low, found.mean.high) == pytest.approx((exp(low), exp(high)))
    assert found.another.low < found.mean.low
    assert found.another.high > found.mean.high


def test_with_few_machines_no_interval_is_claimed(machines: dict[str, Results]) -> None:
    two = spread(dict(list(machines.items())[:2]))
    assert two.mean is None
    assert two.another is None


def test_invalid_comparisons_are_counted_and_not_pooled(machines: dict[str, Results]) -> None:
    assert all(one.identity != "predict-hundred/fastapi/flask" for one in pool(machines).spreads)
    files = dict(machines)
    (first, *others) = files["one/results.json"].comparisons
    bad = first.model_copy(update={"verdict": "invalid"})
    files["one/results.json"] = files["one/results.json"].model_copy(
        update={"comparisons": [bad, *others]}
    )
    found = spread(files)
    assert len(found.estimates) == 3
    assert found.verdicts == "faster 3, invalid 1"


def test_of_one_machine_only_the_last_session_counts(machines: dict[str, Results]) -> None:
    again = small("one", 3).model_copy(update={"started_at": "2026-11-26T10:00:00+00:00"})
    pooled = pool({**machines, "again.json": again})
    assert pooled.older == {"one/results.json": "again.json"}
    assert len(pooled.sessions) == 4
    assert spread({**machines, "again.json": again}).ends[1] > 5


def merge(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["merge", *arguments])


@pytest.fixture
def handed_in(tmp_path: Path, machines: dict[str, Results]) -> Path:
    folder = tmp_path / "handed-in"
    for name, results in machines.items():
        file = folder / name
        file.parent.mkdir(parents=True)
        file.write_text(results.model_dump_json(), encoding="utf-8")
    return folder


def test_the_command_says_how_far_machines_agree_and_writes_a_page(
    handed_in: Path, tmp_path: Path
) -> None:
    progress = {"format": 1, "learner": "Somebody", "exercises": {}}
    (handed_in / "progress.json").write_text(json.dumps(progress), encoding="utf-8")
    (handed_in / "foreign.json").write_text('{"a": 1}', encoding="utf-8")
    again = small("one", 3).model_copy(update={"started_at": "2026-11-26T10:00:00+00:00"})
    (handed_in / "again.json").write_text(again.model_dump_json(), encoding="utf-8")
    old = json.loads((handed_in / "one" / "results.json").read_text("utf-8"))
    del old["seed"]
    (handed_in / "broken.json").write_text(json.dumps(old), encoding="utf-8")

    said = merge(str(handed_in), "--out", str(tmp_path / "out"))
    assert said.exit_code == 0
    for part in ("Somebody", "Results of 4 machines, each one estimate:", "On 4 machines"):
        assert part in said.output
    assert "foreign.json is not a progress file" in said.output
    assert "broken.json is not a results file of this version: seed" in said.output
    page = (tmp_path / "out" / "class.html").read_text("utf-8")
    text = (tmp_path / "out" / "class.md").read_text("utf-8")
    left_out = "Not counted: one/results.json. The later again.json has the same machine name, one."
    assert f"{left_out}\nIf they are two machines, give one of them another name: as `machine`" in (
        said.output
    )
    for part in ("threads: none against 8", "Processor of three", "two/results.json", left_out):
        assert part in page
        assert part in text
    assert "<script" not in page


def test_a_machine_that_had_its_load_from_locust_is_labelled(
    machines: dict[str, Results],
) -> None:
    warning = "The load was not made by the same program on all machines"
    assert warning not in markdown(document(pool(machines)))
    other = machines["two/results.json"].model_copy(update={"engine": "locust"})
    text = markdown(document(pool({**machines, "two/results.json": other})))
    assert warning in text
    assert "| two/results.json | default | Locust |" in text


def test_it_is_there_for_programs(handed_in: Path) -> None:
    fields = json.loads(merge(str(handed_in), "--json").output)["results"]
    assert {one["machine"] for one in fields["machines"]} == set(FACTORS)
    found = next(one for one in fields["comparisons"] if one["comparison"] == PREDICT)
    assert (found["machines"], found["invalid"]) == (4, 0)
    assert len(found["estimates"]) == 4

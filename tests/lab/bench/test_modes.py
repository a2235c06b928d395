"""What can be measured, and what is refused before anything is."""

from __future__ import annotations

import pytest

from lab.bench import modes
from lab.bench.choosing import ChoiceError, choose
from lab.bench.claims import claims
from lab.bench.load.plan import Plan
from lab.bench.modes import Mode
from lab.bench.stacks import STACKS
from lab.bench.statistics import FEWEST_PAIRS
from lab.bench.steps import total_seconds
from lab.bench.workloads import WORKLOADS, Workload

ALL_MODES = [make() for make in modes.MODES.values()]


@pytest.mark.parametrize("mode", ALL_MODES, ids=lambda mode: mode.name)
def test_every_stack_serves_what_it_is_asked(mode: Mode) -> None:
    for experiment in mode.experiments:
        for stack in experiment.stacks:
            assert experiment.workload.endpoint in stack.serves, (experiment.identity, stack.name)


@pytest.mark.parametrize("mode", ALL_MODES, ids=lambda mode: mode.name)
def test_what_is_compared_has_pairs_enough_for_a_verdict_and_a_control(mode: Mode) -> None:
    for experiment in mode.experiments:
        if experiment.metrics:
            assert experiment.blocks >= FEWEST_PAIRS
            assert experiment.control


def test_no_comparison_is_made_twice() -> None:
    for mode in ALL_MODES:
        names = [asked.identity for one in mode.experiments for asked in one.asked()]
        assert len(names) == len(set(names))


def test_the_short_modes_are_bounded() -> None:
    assert modes.quick().limit is not None
    assert (modes.quick().limit or 0) < 90
    assert (modes.default().limit or 0) < 15 * 60


def test_every_workload_and_every_stack_is_in_the_full_mode() -> None:
    experiments = modes.full().experiments
    assert {one.workload.name for one in experiments} == set(WORKLOADS)
    assert {stack.name for one in experiments for stack in one.stacks} >= set(STACKS)


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=lambda workload: workload.name)
def test_every_workload_is_a_bounded_plan(workload: Workload) -> None:
    plan = workload.plan("http://127.0.0.1:9")
    assert isinstance(plan, Plan)
    assert plan.most_seconds < 30


def test_chosen_stacks_are_compared_on_the_chosen_workload() -> None:
    mode = choose(modes.quick(), ["flask-sync", "flask"], ["health", "listings-50"])
    assert [one.identity for one in mode.experiments] == ["health", "listings-50"]
    assert [stack.name for stack in mode.experiments[0].stacks] == ["flask-sync", "flask"]
    assert total_seconds(mode) > 0
    twice = choose(modes.quick(), ["flask-sync", "flask"], ["health", "health"])
    assert [one.identity for one in twice.experiments] == ["health"]


def test_without_a_workload_the_modes_own_are_taken_that_all_can_serve() -> None:
    mode = choose(modes.default(), ["go", "node"], [])
    assert [one.identity for one in mode.experiments] == ["listings-50", "health", "stop"]


@pytest.mark.parametrize(
    ("stacks", "workloads", "message"),
    [
        (["flask"], [], "needs two stacks"),
        (["flask", "fastapi", "flask"], [], "flask is named twice"),
        (["go", "node"], ["predict-one"], "go does not serve the workload predict-one"),
        (["async-blocking", "flask"], [], "None of the workloads"),
        (["flask", "fastapi"], ["health", "development-server-health"], "are the same workload"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    stacks: list[str], workloads: list[str], message: str
) -> None:
    with pytest.raises(ChoiceError, match=message):
        choose(modes.default(), stacks, workloads)


def test_every_claim_is_tried_by_the_full_mode() -> None:
    mode = modes.full()
    made = {asked.identity for one in mode.experiments for asked in one.asked()}
    sweeps = {one.stack.name: one.times for one in mode.knees}
    for claim in claims():
        for test in claim.tests:
            if test.measure == "knee":
                assert min(sweeps[test.first], sweeps[test.second]) >= FEWEST_PAIRS
            else:
                more = [] if test.metric == "throughput" else [test.metric]
                assert "/".join([test.workload, test.first, test.second, *more]) in made, claim.id


def test_the_knee_of_any_stack_can_be_asked_for_and_often_enough_for_a_claim() -> None:
    mode = choose(modes.default(), ["flask-sync"], ["knee"])
    assert [(one.stack.name, one.times) for one in mode.knees] == [("flask-sync", FEWEST_PAIRS)]
    assert mode.experiments == ()
    both = choose(modes.default(), ["flask-sync", "flask"], ["health", "knee"])
    assert [one.identity for one in both.experiments] == ["health"]
    assert len(both.knees) == 2
    with pytest.raises(ChoiceError, match="go does not serve predict-one: it has no knee"):
        choose(modes.default(), ["go"], ["knee"])


def test_pairs_are_as_many_as_asked_for_without_a_limit_of_time() -> None:
    mode = choose(modes.full(), [], [], pairs=1)
    assert mode.limit is None
    assert {one.blocks for one in mode.experiments} == {mode.layer_blocks} == {1}
    assert {one.times for one in mode.knees} == {1}
    assert total_seconds(mode) < total_seconds(modes.full()) / 4
    [quick] = choose(modes.quick(), [], [], pairs=30).experiments
    assert quick.blocks == 30

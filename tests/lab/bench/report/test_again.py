"""Whoever types the proposed command measures the same comparison, by the same load."""

from __future__ import annotations

import shlex

import pytest

from lab.bench import modes
from lab.bench.choosing import choose
from lab.bench.commands import bench_command
from lab.bench.experiment import Experiment
from lab.bench.modes import ModeName
from lab.bench.report.again import command_for
from lab.bench.results import Comparison, LoadWorkers, Results
from tests.lab.bench.sample import sample


def asked(experiment: Experiment) -> list[Comparison]:
    """Return the comparisons of an experiment, as if they had been measured."""
    one = sample().comparisons[0]
    return [
        one.model_copy(update={"workload": each.workload, "first": each.first,
                               "second": each.second, "metric": each.metric})
        for each in experiment.asked()
    ]  # fmt: skip


def session(**changes: object) -> Results:
    return sample().model_copy(update=changes)


@pytest.mark.parametrize("name", ["quick", "default", "full"])
def test_the_command_measures_the_comparison_that_proposes_it(name: ModeName) -> None:
    results = session(mode=name)
    for experiment in modes.MODES[name]().experiments:
        for comparison in asked(experiment):
            words = shlex.split(command_for(comparison, experiment.identity, results, 40))
            context = bench_command.make_context("bench", words[2:])
            given = context.params
            mode = given["mode"] or "default"
            chosen = choose(modes.MODES[mode](), given["stacks"], given["workloads"], pairs=40)
            [again] = chosen.experiments
            assert (again.blocks, again.compared) == (40, experiment.compared)
            assert again.workload == experiment.workload
            assert {(comparison.first, comparison.second, comparison.metric)} <= {
                (each.first, each.second, each.metric) for each in again.asked()
            }


def test_servers_that_ran_already_and_their_owner_are_named() -> None:
    here, there = "http://127.0.0.1:8000", "http://my.host:80"
    comparison = sample().comparisons[0].model_copy(
        update={"first": "127.0.0.1:8000", "second": "my.host:80"}
    )  # fmt: skip
    said = command_for(comparison, "health", session(stacks=[here, there]), 9)
    assert said == (
        f"lab bench --url {here} --url {there} --i-own my.host --workload health --pairs 9"
    )


def test_the_same_engine_makes_the_load() -> None:
    load = LoadWorkers(here=0, expected=2, bind="0.0.0.0", port=5557)
    results = session(engine="locust", load_workers=load)
    said = command_for(sample().comparisons[0], "predict-one", results, 9)
    assert "--engine locust --workers 0 --expect-workers 2 --bind 0.0.0.0 --port 5557" in said

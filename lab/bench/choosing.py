"""What the user chooses of a mode: stacks, workloads, how many pairs. What cannot be is refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from lab.bench.declaring import BenchStack
from lab.bench.experiment import Experiment
from lab.bench.knee import Sweeps
from lab.bench.modes import FIRST, KNEE, KNEE_WORKLOAD, Mode, full
from lab.bench.remote import find_stack
from lab.bench.stacks import STACKS
from lab.bench.statistics import FEWEST_PAIRS
from lab.bench.workloads import WORKLOADS


class ChoiceError(ValueError):
    """Stacks or workloads that cannot be compared. Says why."""


def workload_names() -> list[str]:
    """Return what can be asked for by name: the workloads, and the experiments that have one."""
    return list(dict.fromkeys([*WORKLOADS, *(one.identity for one in full().experiments), KNEE]))


def choose(
    mode: Mode,
    stacks: Sequence[str],
    workloads: Sequence[str],
    owned: Sequence[str] = (),
    pairs: int | None = None,
) -> Mode:
    """Return a mode that measures these workloads on these stacks; an empty list is the mode's own.

    A stack is a name or the URL of a server that runs already; `owned` are the user's own hosts.
    With `pairs`, each comparison has so many, however long that takes.

    Raises ChoiceError when the stacks do not serve a workload, or there is nothing to compare;
    TargetError for a server that must not be put under load.
    """
    if stacks or workloads:
        mode = _chosen(mode, stacks, workloads, owned)
    return mode if pairs is None else _with_pairs(mode, pairs)


def _with_pairs(mode: Mode, pairs: int) -> Mode:
    return dataclasses.replace(
        mode,
        limit=None,
        experiments=tuple(
            # What is not compared, such as a stop, gains nothing by more.
            dataclasses.replace(one, blocks=pairs if one.metrics else min(pairs, one.blocks))
            for one in mode.experiments
        ),
        knees=tuple(
            dataclasses.replace(one, times=pairs if one.times > 1 else 1) for one in mode.knees
        ),
        layer_blocks=min(pairs, mode.layer_blocks),
    )


def _chosen(
    mode: Mode, stacks: Sequence[str], workloads: Sequence[str], owned: Sequence[str]
) -> Mode:
    knees = KNEE in workloads
    others = [name for name in dict.fromkeys(workloads) if name != KNEE]
    found = [find_stack(name, owned) for name in stacks]
    names = [stack.name for stack in found]
    for name in names:
        if names.count(name) > 1:
            raise ChoiceError(
                f"{name} is named twice. The first stack runs twice in each block anyway: that is "
                "the A/A pair."
            )
    if not knees:
        return _compared(mode, found, others)
    swept = _swept(found or [STACKS[FIRST], STACKS["flask"]])
    if not others:
        return Mode(mode.name, mode.limit, (), knees=swept)
    return dataclasses.replace(_compared(mode, found, others), knees=swept)


def _swept(stacks: Sequence[BenchStack]) -> tuple[Sweeps, ...]:
    for stack in stacks:
        if KNEE_WORKLOAD.endpoint not in stack.serves:
            raise ChoiceError(f"{stack.name} does not serve {KNEE_WORKLOAD.name}: it has no knee.")
    return tuple(Sweeps(stack, FEWEST_PAIRS) for stack in stacks)


def _compared(mode: Mode, stacks: Sequence[BenchStack], workloads: Sequence[str]) -> Mode:
    if len(stacks) == 1 and not stacks[0].url:
        raise ChoiceError("A comparison needs two stacks: name another one with --stack.")
    known = {one.identity: one for one in [*mode.experiments, *full().experiments][::-1]}
    possible = [one for one in mode.experiments if not _hindrances(one, stacks)]
    # With other stacks, two experiments on one workload are the same.
    by_workload = {one.workload.name: one.identity for one in reversed(possible)}
    names = list(workloads) or list(by_workload.values())[::-1]
    if stacks:
        _refuse_the_same_twice([known[name] for name in names])
    chosen = [_with_stacks(known[name], stacks) for name in names]
    if not chosen:
        served_by = ", ".join(stack.name for stack in stacks)
        raise ChoiceError(f"None of the workloads of this mode is served by {served_by}.")
    blocks = max(one.blocks for one in mode.experiments)
    more = [dataclasses.replace(one, blocks=max(5, min(one.blocks, blocks))) for one in chosen]
    return Mode(mode.name, mode.limit, tuple(more))


def _refuse_the_same_twice(chosen: Sequence[Experiment]) -> None:
    """Refuse experiments that differ in their stacks alone, where the user names the stacks."""
    asked: dict[str, str] = {}
    for one in chosen:
        other = asked.setdefault(one.workload.name, one.identity)
        if other != one.identity:
            raise ChoiceError(
                f"{other} and {one.identity} are the same workload for stacks of your own: name "
                "one of them."
            )


def _with_stacks(experiment: Experiment, stacks: Sequence[BenchStack]) -> Experiment:
    if not stacks:
        return experiment
    for reason in _hindrances(experiment, stacks):
        raise ChoiceError(reason)
    return dataclasses.replace(experiment, stacks=tuple(stacks))


def _hindrances(experiment: Experiment, stacks: Sequence[BenchStack]) -> list[str]:
    """Return why stacks cannot do an experiment."""
    workload = experiment.workload
    return [
        f"{stack.name} does not serve the workload {experiment.identity}."
        for stack in stacks
        if workload.endpoint not in stack.serves
    ] + [
        f"{experiment.identity} starts its servers itself: {stack.name} runs already."
        for stack in stacks
        if stack.url and workload.kind != "load"
    ]

"""What a session does, step by step: a mode's experiments, knees, and the rest."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lab.bench.experiment import available, run_experiment
from lab.bench.knee import find_knee
from lab.bench.layers import layer_experiments
from lab.bench.measuring import Measurer
from lab.bench.modes import KNEE, KNEE_WORKLOAD, Mode
from lab.bench.omission import EVERY, show_omission
from lab.bench.progress import ROW_OVERHEAD, Progress
from lab.bench.schedule import block_order
from lab.bench.session import Session
from lab.bench.workloads import Workload

OMISSION = "coordinated omission"
OMISSION_SECONDS = 2 * (EVERY + ROW_OVERHEAD)


@dataclass(frozen=True)
class Step:
    """A part of a session. `seconds` must be left for it to begin; most look at the time within."""

    name: str
    run: Callable[[], None]
    seconds: float = 0.0


def steps(mode: Mode, measurer: Measurer, session: Session, progress: Progress) -> Iterator[Step]:
    """Yield what a mode does, in turn."""
    for experiment in mode.experiments:
        if measurer.engine == "locust" and not can_use_locust(experiment.workload):
            session.note(f"{experiment.identity}: left out, because Locust cannot do it.")
            continue
        measure = functools.partial(run_experiment, experiment, measurer, session, progress)
        yield Step(experiment.identity, measure)
    yield from _knees(mode, measurer, session, progress)
    if mode.omission and session.results.omission is None:
        yield Step(OMISSION, functools.partial(show_omission, measurer, session), OMISSION_SECONDS)
    for experiment in layer_experiments(mode.layer_blocks):
        measure = functools.partial(run_experiment, experiment, measurer, session, progress)
        yield Step(experiment.identity, measure)


def _knees(mode: Mode, measurer: Measurer, session: Session, progress: Progress) -> Iterator[Step]:
    """Yield the sweeps in rounds: each has every stack once, in random order, as blocks have."""
    here = {stack.name: stack for stack in available([one.stack for one in mode.knees], session)}
    times = {one.stack.name: one.times for one in mode.knees if one.stack.name in here}
    for number in range(1, max(times.values(), default=0) + 1):
        names = [name for name, wanted in times.items() if wanted >= number]
        for name in block_order(names, seed=session.results.seed, experiment=KNEE, block=number):
            sweep = functools.partial(
                find_knee, here[name], KNEE_WORKLOAD, number, measurer, session, progress
            )
            yield Step(knee_name(name, number), sweep)


def knee_name(stack: str, number: int = 1) -> str:
    """Return what a sweep of a stack is called in notes."""
    return f"the knee of {stack}" + (f", sweep {number}" if number > 1 else "")


def can_use_locust(workload: Workload) -> bool:
    """Tell whether Locust can make a workload's load: it has no slow clients, and starts slowly."""
    return workload.kind == "load" and workload.slow_clients is None


def unmeasured(mode: Mode, session: Session) -> list[str]:
    """Return the names of what a mode has and the session has no figure of."""
    results = session.results
    possible = [
        one for one in mode.experiments if results.engine == "own" or can_use_locust(one.workload)
    ]
    wanted = [*possible, *(layer_experiments(1) if mode.layer_blocks else [])]
    names = [one.identity for one in wanted if not session.blocks(one.identity)]
    swept = {knee.stack for knee in results.knees if knee.points}
    names += [knee_name(one.stack.name) for one in mode.knees if one.stack.name not in swept]
    if mode.omission and results.omission is None:
        names.append(OMISSION)
    return names


def total_seconds(mode: Mode) -> float:
    """Return how long a mode should take."""
    experiments = [*mode.experiments, *layer_experiments(mode.layer_blocks)]
    knees = sum(one.seconds for one in mode.knees)
    return sum(one.total_seconds for one in experiments) + knees + mode.omission * OMISSION_SECONDS

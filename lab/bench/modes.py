"""What each mode of `lab bench` measures, in the order of what matters most."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lab.bench.declaring import variant
from lab.bench.experiment import Experiment
from lab.bench.knee import Sweeps
from lab.bench.results import Metric
from lab.bench.stacks import STACKS
from lab.bench.statistics import FEWEST_PAIRS
from lab.bench.workloads import WORKLOADS

ModeName = Literal["quick", "default", "full"]

KNEE = "knee"  # asked for like a workload: the knee of each stack
KNEE_WORKLOAD = WORKLOADS["predict-one"]
FIRST = "fastapi"  # the stack that the others are compared with, unless the user chooses


@dataclass(frozen=True)
class Mode:
    """What a session measures. `limit` is how many seconds it may take; None is without end."""

    name: ModeName
    limit: float | None
    experiments: tuple[Experiment, ...]
    knees: tuple[Sweeps, ...] = ()
    layer_blocks: int = 0
    omission: bool = False


def _experiment(
    workload: str,
    *stacks: str,
    blocks: int = 5,
    metrics: tuple[Metric, ...] = ("throughput",),
    seconds: float | None = None,
    warm_up: float | None = None,
    control: bool = True,
    name: str = "",
) -> Experiment:
    chosen = WORKLOADS[workload]
    if seconds is not None:
        chosen = dataclasses.replace(chosen, seconds=seconds)
    if warm_up is not None:
        chosen = dataclasses.replace(chosen, warm_up=warm_up)
    served = tuple(STACKS[name] for name in stacks)
    return Experiment(chosen, served, blocks, metrics, control=control, name=name)


def _development_server(
    workload: str, *, blocks: int, metrics: tuple[Metric, ...] = ("throughput",)
) -> Experiment:
    """Flask's own server beside gunicorn: an experiment of its own, as its A/A pair is Flask's."""
    name = f"development-server-{workload}"
    return _experiment(workload, *DEVELOPMENT, blocks=blocks, metrics=metrics, name=name)


def _logging(name: str, blocks: int) -> Experiment:
    """One app with its log on, off and in a file: nothing else differs."""
    stack, health = STACKS[name], WORKLOADS["health"]
    ways = {
        "on": ({}, stack.access_log),
        "off": ({"LOG_LEVEL": "WARNING"}, "none"),
        "file": ({"LOG_FILE": "{scratch}/app.log"}, f"{stack.access_log}, also to a rotating file"),
    }
    variants = [
        variant(
            stack,
            f"{name}-log-{way}",
            f"{stack.title}, log {'in a file too' if way == 'file' else way}",
            environment=environment,
            access_log=access_log,
        )
        for way, (environment, access_log) in ways.items()
    ]
    return Experiment(
        health, tuple(variants), blocks, compared={"access_log"}, name=f"logging-{name}"
    )


def _knees(*stacks: str, again: Sequence[str] = ()) -> tuple[Sweeps, ...]:
    """The stacks to be swept, those in `again` as often as a verdict needs."""
    return tuple(Sweeps(STACKS[name], FEWEST_PAIRS if name in again else 1) for name in stacks)


OPEN_METRICS: tuple[Metric, ...] = ("latency_p50", "latency_p99")
DEVELOPMENT = ("flask", "flask-dev")
BLOCKING = ("async-awaiting", "async-blocking", "thread-pool")


def quick() -> Mode:
    """One house, Flask on gunicorn against FastAPI on uvicorn: one verdict."""
    one = _experiment("predict-one", FIRST, "flask", blocks=7, seconds=0.8, warm_up=0.3)
    return Mode("quick", 76, (one,))


def default() -> Mode:
    """The main comparisons, the knee of two stacks, the layers, coordinated omission."""
    return Mode(
        "default",
        810,
        (
            _experiment("predict-one", FIRST, "flask", "flask-sync", "bare-asgi", blocks=6),
            _experiment("listings-50", FIRST, "flask", "flask-sync", seconds=2),
            _experiment("health", FIRST, "flask", "fastapi-h11", seconds=1),
            _development_server("health", blocks=5),
            _experiment("blocking", *BLOCKING, seconds=1, warm_up=0.3),
            _experiment("slow-clients", FIRST, "flask", "flask-sync", seconds=3),
            _experiment("stop", FIRST, "flask", blocks=1, metrics=(), control=False),
        ),
        knees=_knees(FIRST, "flask"),
        layer_blocks=5,
        omission=True,
    )


def full() -> Mode:
    """Every stack and every workload; takes about three hours."""
    servers_of_fastapi = ("fastapi-h11", "fastapi-gunicorn", "fastapi-hypercorn", "fastapi-granian")
    servers_of_flask = ("flask", "flask-dev", "flask-sync", "flask-gevent", "flask-waitress")
    served = (FIRST, *servers_of_flask, *servers_of_fastapi)
    bare = ("bare-wsgi", "bare-asgi")
    return Mode(
        "full",
        None,
        (
            _experiment("predict-one", *served, *bare, blocks=12),
            _experiment("listings-50", *served, "node", "go", blocks=10),
            _experiment("health", *served, *bare, "node", "go", blocks=10),
            _experiment("predict-hundred", FIRST, "flask", *bare, blocks=10),
            _experiment("predict-steady", *served, blocks=10, metrics=OPEN_METRICS),
            _experiment("listings-10", FIRST, *servers_of_flask, "node", "go", blocks=10),
            _experiment("listings-200", FIRST, *servers_of_flask, "node", "go", blocks=10),
            _experiment("invalid", FIRST, "flask", blocks=10),
            _experiment("slow-clients", *served, blocks=6),
            _experiment("blocking", *BLOCKING, blocks=8),
            _development_server("health", blocks=10),
            _development_server("predict-one", blocks=10),
            _development_server("predict-steady", blocks=10, metrics=OPEN_METRICS),
            _logging(FIRST, 10),
            _logging("flask", 10),
            _experiment("cold-start", *served, blocks=8, metrics=("latency_p50",)),
            _experiment("stop", *served, blocks=3, metrics=(), control=False),
        ),
        knees=_knees(*served, *bare, again=(FIRST, *DEVELOPMENT)),
        layer_blocks=10,
        omission=True,
    )


MODES = {"quick": quick, "default": default, "full": full}

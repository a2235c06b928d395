"""A session that was never measured: simulated, with every verdict and every kind of row in it.

The numbers are made up with a fixed seed. They are plausible, and prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp

import numpy as np

from lab.bench.load.histogram import Distribution
from lab.bench.results import (
    Check,
    Comparison,
    Environment,
    Interval,
    Knee,
    Latency,
    Layer,
    Ledger,
    Omission,
    Results,
    Row,
)
from lab.bench.statistics import analyse

PAIRS = 10
REQUESTS = 400

ENVIRONMENT = Environment(
    machine="sample-1",
    cpu="A processor",
    cores=2,
    governor=None,
    memory_mb=8000,
    system="Linux 6.1",
    virtual="kvm",
    python="3.13.0",
    packages={"fastapi": "0.165.0", "flask": "3.1.3", "gunicorn": "27.0.1", "uvicorn": "0.50.0"},
    load_before=0.1,
    server_core=0,
    generator_core=1,
    commit="abcdef0",
)

TITLES = {
    "fastapi": "FastAPI on uvicorn",
    "fastapi-gunicorn": "FastAPI on gunicorn's ASGI worker",
    "flask": "Flask on gunicorn, 8 threads",
    "flask-dev": "Flask's development server",
    "bare-asgi": "a bare ASGI function",
    "node": "Node",
}


def ledger(stack: str, **changes: object) -> Ledger:
    """Return the settings of a stack."""
    asgi = "asgi" in stack or "fastapi" in stack
    fields: dict[str, object] = {
        "server": "uvicorn 0.50.0" if asgi else "gunicorn 27.0.1",
        "framework": "FastAPI 0.165.0" if asgi else "Flask 3.1.3",
        "interface": "ASGI" if asgi else "WSGI",
        "workers": 1,
        "threads": None if asgi else 8,
        "slots": None if asgi else 8,
        "keep_alive": True,
        "event_loop": "uvloop" if asgi else None,
        "http_parser": "httptools" if asgi else "Python",
        "json_library": "json",
        "validation": "pydantic",
        "access_log": "off",
        "python": "3.13.0",
        **changes,
    }
    return Ledger.model_validate(fields)


@cache
def usual(milliseconds: float) -> tuple[float, ...]:
    """Return times around these milliseconds."""
    deviations = np.random.default_rng(1).normal(0, 0.35, REQUESTS)
    return tuple(milliseconds * np.exp(deviations))


@cache
def latency(milliseconds: tuple[float, ...]) -> Latency:
    """Return these times as a results file keeps them."""
    times = Distribution.of([one / 1000 for one in milliseconds])
    p50, p90, p99, p999 = (times.at(part) * 1000 for part in (50, 90, 99, 99.9))
    return Latency(
        count=times.count, mean=times.mean * 1000, p50=p50, p90=p90, p99=p99, p999=p999,
        longest=times.most * 1000, hdr=times.histogram,
    )  # fmt: skip


def row(
    name: str, stack: str, workload: str, throughput: float, milliseconds: Sequence[float],
    **changes: object,
) -> Row:  # fmt: skip
    """Return a run that keeps every law, except in what is changed."""
    count = len(milliseconds)
    times = latency(tuple(milliseconds))
    fields: dict[str, object] = {
        "id": name, "stack": stack, "title": TITLES.get(stack, stack), "workload": workload,
        "engine": "open-loop", "ledger": ledger(stack), "started_at": "2026-11-25T10:00:00+00:00",
        "seconds": count / throughput, "connections": 8, "offered": throughput, "planned": count,
        "sent": count, "answered": count, "good": count,
        "errors": {}, "unanswered": 0, "throughput": throughput,
        "latency": times, "service": times, "in_flight": throughput * times.mean / 1000,
        "bytes_received": 200 * count, "connections_opened": 8, "generator_cpu": 0.3,
        "ceiling": 12000.0, "server_cpu": 0.9, "server_memory_mb": 110.0,
        "checks": [Check(name="counts", expected=str(count), found=str(count), held=True)],
        "validity": "valid", **changes,
    }  # fmt: skip
    return Row.model_validate(fields)


@dataclass
class Session:
    """Collects rows and comparisons."""

    rng: np.random.Generator
    rows: list[Row] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)

    def run(self, stack: str, workload: str, throughput: float, milliseconds: float) -> Row:
        """Add a run and return it."""
        one = row(f"r{len(self.rows) + 1}", stack, workload, throughput, usual(milliseconds))
        self.rows.append(one)
        return one

    def compare(
        self, workload: str, first: str, second: str, ratio: float, *,
        spread: float = 0.02, drift: float = 0,
        unequal: Sequence[str] = (), pairs: int = PAIRS,
    ) -> None:  # fmt: skip
        """Add a comparison with this true ratio, and this drift of the first against itself."""
        measured, control = [], []
        for _ in range(pairs):
            low, same, again = 1000 * np.exp(self.rng.normal([0, 0, drift], spread))
            a = self.run(first, workload, ratio * same, 1.5)
            b = self.run(second, workload, low, 1.5 * ratio)
            measured.append((a, b))
            control.append((self.run(first, workload, ratio * again, 1.5), a))
        found = analyse(
            [(a.throughput, b.throughput) for a, b in measured],
            [(a.throughput, b.throughput) for a, b in control],
            margin=0.05,
            seed=1,
        )
        self.comparisons.append(
            Comparison(
                id=f"{workload}/{first}/{second}",
                question=f"{TITLES[first]} or {TITLES[second]}: {workload}?",
                workload=workload, metric="throughput", first=first, second=second,
                pairs=[(a.id, b.id) for a, b in measured],
                control=[(a.id, b.id) for a, b in control],
                margin=0.05, ratio=found.ratio, noise=found.noise, detectable=found.detectable,
                verdict=found.verdict, why=found.why, more_pairs=found.more_pairs,
                unequal=list(unequal),
            )
        )  # fmt: skip


@cache
def sample() -> Results:
    """Return the session."""
    session = Session(np.random.default_rng(7))
    session.compare("predict-one", "fastapi", "flask", 1.9)
    session.compare("listings-50", "fastapi", "flask", 1.0,
                    unequal=["threads: none against 8"])  # fmt: skip
    session.compare("predict-one", "flask-dev", "flask", 0.6)
    session.compare("predict-one", "fastapi-gunicorn", "fastapi", 1.03, spread=0.12)
    session.compare("predict-hundred", "fastapi", "flask", 1.1, drift=0.2)
    session.compare("health", "fastapi", "node", 0.4, pairs=3)
    session.rows += _bad_rows()
    session.rows.append(
        row("stop-1", "flask", "stop", 900, [1.0] * 50, errors={"refused": 40, "reset": 2},
            details={"lost": 2, "refused": 40, "seconds_to_end": 1.25}))  # fmt: skip
    knees = [_knee(session, "fastapi", 2000), _knee(session, "flask", 1000)]
    layers, omission = _layers(session), _omission(session)
    return Results(
        mode="default", seed=7, command="lab bench --seed 7",
        started_at="2026-11-25T10:00:00+00:00", finished_at="2026-11-25T10:14:00+00:00",
        environment=ENVIRONMENT, rows=session.rows, comparisons=session.comparisons,
        knees=knees, layers=layers, omission=omission,
        notes=["Go is not installed: make extras."],
    )  # fmt: skip


def _bad_rows() -> list[Row]:
    broken = Check(name="Little's law", expected="7.9 to 8.1 in flight", found="3.0", held=False)
    times = [1.0] * 50
    nothing = {"latency": None, "service": None, "good": 0, "answered": 0, "throughput": 0.0}
    return [
        row("bad-1", "bare-asgi", "health", 11000, times, validity="generator-bound",
            why="The generator used 97 % of its core.", generator_cpu=0.97),
        row("bad-2", "flask", "health", 900, times, validity="invalid", checks=[broken],
            why="Little's law does not hold.", errors={"reset": 3}, sent=53, planned=53),
        row("bad-3", "node", "health", 1, times, validity="invalid", why="Nothing was answered.",
            errors={"refused": 50}).model_copy(update=nothing),
    ]  # fmt: skip


def _knee(session: Session, stack: str, rate: float) -> Knee:
    points = []
    for share in (0.25, 0.5, 0.75, 1, 1.25):
        slow = 4.0 if share <= 1 else 400.0
        points.append(session.run(stack, "predict-one", rate * share, slow * (0.5 + share)).id)
    return Knee(stack=stack, workload="predict-one", target_ms=100, points=points, rate=rate,
                failed=rate * 1.25, bounded=True,
                why=f"p99 stays under 100 ms up to {rate:.0f}/s.")  # fmt: skip


def _layers(session: Session) -> list[Layer]:
    layers = []
    for interface, names in {
        "ASGI": ("bare function", "Starlette", "FastAPI", "validation", "logging", "model"),
        "WSGI": ("bare function", "Werkzeug", "Flask", "validation", "logging", "model"),
    }.items():
        below: str | None = None
        throughput = 9000.0
        for name in names:
            one = session.run(f"layer-{interface}-{name}", "health", throughput, 0.5)
            ratio = None if below is None else Interval(estimate=0.8, low=0.78, high=0.82)
            layers.append(
                Layer.model_validate({
                    "name": name, "below": below, "interface": interface,
                    "throughput": throughput, "microseconds": 1e6 / throughput, "ratio": ratio,
                    "rows": [one.id],
                })
            )  # fmt: skip
            below, throughput = name, throughput * 0.8
    return layers


def _omission(session: Session) -> Omission:
    stalled = np.linspace(1000, 1, 50)
    many = row("omission-open", "null", "stall", 100, [*usual(2), *stalled])
    few = row("omission-closed", "null", "stall", 100, [*usual(2), 1000], engine="closed-loop",
              offered=None)  # fmt: skip
    session.rows += [few, many]
    assert few.latency is not None
    assert many.latency is not None
    return Omission(stall_seconds=1, every_seconds=10, closed_p99=few.latency.p99,
                    open_p99=many.latency.p99, rows=(few.id, many.id))  # fmt: skip


def other_machine(name: str, factor: float) -> Results:
    """Return the session as another machine might have had it: each ratio times a factor."""
    changed = [
        one.model_copy(
            update={
                "ratio": Interval(
                    estimate=one.ratio.estimate * factor,
                    low=one.ratio.low * factor * exp(-0.01),
                    high=one.ratio.high * factor * exp(0.01),
                )
            }
        )
        for one in sample().comparisons
        if one.ratio is not None
    ]
    environment = ENVIRONMENT.model_copy(update={"machine": name, "cpu": f"Processor of {name}"})
    return sample().model_copy(update={"environment": environment, "comparisons": changed})

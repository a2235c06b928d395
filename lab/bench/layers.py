"""What each layer costs: the same request through one layer more each time, in blocks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from math import log
from statistics import mean
from typing import Literal

import numpy as np

from lab.bench.comparing import Block
from lab.bench.declaring import BenchStack
from lab.bench.experiment import Experiment
from lab.bench.results import Layer, Row
from lab.bench.session import Session
from lab.bench.stacks import STACKS, gunicorn_command, uvicorn_command
from lab.bench.statistics import interval
from lab.bench.workloads import WORKLOADS

ASGI = ("bare", "starlette", "fastapi", "validation", "logging", "model")
WSGI = ("bare", "werkzeug", "flask", "validation", "logging", "model")
COMMANDS = {
    "ASGI": uvicorn_command("lab.bench.apps.layers_asgi:app") + " --no-access-log",
    "WSGI": gunicorn_command("lab.bench.apps.layers_wsgi:app"),
}
SECONDS = 0.8


def layer_stack(interface: Literal["WSGI", "ASGI"], layer: str) -> BenchStack:
    """Return the stack with this layer and all below it."""
    whole = STACKS["fastapi" if interface == "ASGI" else "flask"]
    has_schema = layer in {"validation", "logging", "model"}
    return dataclasses.replace(
        whole,
        name=f"layer-{interface.lower()}-{layer}",
        title=f"{interface}: {layer}",
        command=COMMANDS[interface],
        environment={"LAYER": layer},
        framework={"bare": "none", "starlette": "starlette", "werkzeug": "werkzeug"}.get(
            layer, whole.framework
        ),
        serves=frozenset({"predict"}),
        slots=whole.slots if interface == "WSGI" else None,
        json_library="pydantic" if has_schema else "none",
        validation="pydantic" if has_schema else "none",
        access_log=whole.access_log if layer in {"logging", "model"} else "none",
        model="the project's" if layer == "model" else "none: a fixed price",
    )


def layer_experiments(blocks: int) -> list[Experiment]:
    """Return the two experiments, one for each interface; their first stack is the bare function.

    They make no comparisons: `layers` pairs each layer with the one below it.
    """
    predict = dataclasses.replace(WORKLOADS["predict-one"], seconds=SECONDS, warm_up=0.3)
    return [
        Experiment(
            workload=predict,
            stacks=tuple(layer_stack(interface, layer) for layer in names),
            blocks=blocks,
            name=f"layers-{interface.lower()}",
            metrics=(),
            control=False,
        )
        for interface, names in _INTERFACES
    ]


_INTERFACES: tuple[tuple[Literal["WSGI", "ASGI"], tuple[str, ...]], ...] = (
    ("ASGI", ASGI),
    ("WSGI", WSGI),
)


def layers(session: Session) -> list[Layer]:
    """Return what the rows of a session say of each layer."""
    found = []
    for interface, names in _INTERFACES:
        blocks = list(session.blocks(f"layers-{interface.lower()}").values())
        for place, name in enumerate(names):
            below = names[place - 1] if place else None
            one = _layer(interface, name, below, blocks, session.results.seed)
            if one is not None:
                found.append(one)
    return found


def _layer(
    interface: Literal["WSGI", "ASGI"],
    name: str,
    below: str | None,
    blocks: Sequence[Block],
    seed: int,
) -> Layer | None:
    role = layer_stack(interface, name).name
    rows = [block[role] for block in blocks if _usable(block, role)]
    if not rows:
        return None
    ratio = None
    if below is not None:
        under = layer_stack(interface, below).name
        logs = [
            log(block[role].throughput / block[under].throughput)
            for block in blocks
            if _usable(block, role) and _usable(block, under)
        ]
        ratio = interval(np.array(logs), seed)
    return Layer(
        name=name,
        below=below,
        interface=interface,
        throughput=mean(row.throughput for row in rows),
        microseconds=mean(microseconds(row) for row in rows),
        ratio=ratio,
        rows=[row.id for row in rows],
    )


def microseconds(row: Row) -> float:
    """Return the processor time that the server has spent on a request.

    Where it cannot be seen, it is what one core has for each: right when the core was full.
    """
    return 1e6 * (1.0 if row.server_cpu is None else row.server_cpu) / row.throughput


def _usable(block: Mapping[str, Row], role: str) -> bool:
    row = block.get(role)
    return row is not None and row.validity == "valid" and row.throughput > 0

"""The cost of a layer, from rows whose truth is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.bench.layers import ASGI, layer_experiments, layer_stack, layers, microseconds
from lab.bench.session import FILE, Session
from tests.lab.bench.sample import row, usual
from tests.lab.bench.test_session import empty

RATES = dict(zip(ASGI, (10_000, 8_000, 5_000, 4_000, 3_000, 2_000), strict=True))


def test_each_layer_is_paired_with_the_one_below(tmp_path: Path) -> None:
    session = Session(empty(), tmp_path / FILE)
    names = [layer_stack("ASGI", layer).name for layer in ASGI]
    for block in range(5):
        machine = 1 - 0.1 * block  # it gets slower: pairs do not care
        for layer, name in zip(ASGI, names, strict=True):
            details = {
                "experiment": "layers-asgi", "block": block, "attempt": 1, "role": name,
                "roles": names,
            }  # fmt: skip
            rate = RATES[layer] * machine
            one = row(f"{block}-{name}", name, "predict-one", rate, usual(1), details=details)
            session.add(one)
    found = layers(session)
    assert [(one.name, one.below) for one in found] == [
        (name, ASGI[place - 1] if place else None) for place, name in enumerate(ASGI)
    ]
    assert found[0].ratio is None
    starlette = found[1].ratio
    assert starlette is not None
    assert starlette.estimate == pytest.approx(0.8)
    assert starlette.high - starlette.low < 1e-6
    assert len(found[1].rows) == 5


def test_microseconds_are_processor_time_and_not_waiting_time() -> None:
    half = row("x", "layer", "predict-one", 1000, usual(1), server_cpu=0.5)
    assert microseconds(half) == pytest.approx(500)
    unknown = half.model_copy(update={"server_cpu": None})
    assert microseconds(unknown) == pytest.approx(1000)


def test_both_interfaces_have_the_same_steps_and_make_no_verdicts() -> None:
    asgi, wsgi = layer_experiments(3)
    assert len(asgi.stacks) == len(wsgi.stacks) == 6
    assert not asgi.asked()
    assert "again" not in asgi.roles(asgi.stacks)

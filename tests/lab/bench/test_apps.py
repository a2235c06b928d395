"""The apps that only the lab serves do what their names say: asked in this process."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterator

import pytest
import werkzeug.test
from starlette.testclient import TestClient

from apps.house_prices.model import load_model
from lab.bench.layers import ASGI, WSGI, layer_stack
from lab.bench.workloads import PREDICT, houses

Answer = tuple[int, dict[str, object]]
Ask = Callable[[object, dict[str, object]], Answer]
BODY: dict[str, object] = {"inputs": houses()[:1]}


def ask_asgi(app: object, body: dict[str, object]) -> Answer:
    answer = TestClient(app).post(PREDICT, json=body)  # type: ignore[arg-type]
    return answer.status_code, answer.json()


def ask_wsgi(app: object, body: dict[str, object]) -> Answer:
    answer = werkzeug.test.Client(app).post(PREDICT, json=body)  # type: ignore[arg-type]
    return answer.status_code, json.loads(answer.get_data())


@pytest.fixture(scope="module", params=[("asgi", ASGI, ask_asgi), ("wsgi", WSGI, ask_wsgi)])
def interface(request: pytest.FixtureRequest) -> Iterator[tuple[str, tuple[str, ...], Ask]]:
    """Return an interface's name, its layers, and how to ask an app of it."""
    os.environ["LAYER"] = "bare"  # the module makes one app when it is imported
    yield request.param
    del os.environ["LAYER"]


def price() -> float:
    from apps.house_prices.messages import PredictRequest

    [found] = load_model().predict(PredictRequest.model_validate(BODY).inputs)
    return found


def test_every_layer_answers_in_the_same_shape_and_only_the_last_computes(
    interface: tuple[str, tuple[str, ...], Ask],
) -> None:
    name, layers, ask = interface
    module = importlib.import_module(f"lab.bench.apps.layers_{name}")
    found = {}
    for layer in layers:
        status, answer = ask(module.make_app(layer), BODY)
        assert (status, set(answer)) == (200, {"predictions", "version", "errors"}), layer
        found[layer] = answer["predictions"]
    assert found["model"] == [price()]
    assert all(found[layer] != [price()] for layer in layers[:-1])


def test_the_bare_functions_price_and_check_as_the_apps_do(
    interface: tuple[str, tuple[str, ...], Ask],
) -> None:
    name, _, ask = interface
    app = importlib.import_module(f"lab.bench.apps.bare_{name}").app
    assert ask(app, BODY)[1]["predictions"] == [price()]


def test_each_layer_is_declared_with_what_it_has() -> None:
    bare, model = layer_stack("ASGI", "bare"), layer_stack("ASGI", "model")
    assert (bare.validation, bare.access_log, bare.framework) == ("none", "none", "none")
    assert (model.validation, model.model) == ("pydantic", "the project's")
    assert layer_stack("WSGI", "flask").threads == 8

"""The way of a prediction through WSGI, one layer more each time: LAYER says how many.

bare        a function that reads the body and answers with a fixed one
werkzeug    + Werkzeug's routing, request and response
flask       + Flask's routing
validation  + the body is checked against the schema, and the answer is made from one
logging     + the project's request id and log line
model       + the price is computed
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from flask import request as current
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from apps.flask_app.middleware import RequestLog
from apps.house_prices import contract
from apps.house_prices.logs import configure_logging
from apps.house_prices.messages import PredictRequest, PredictResponse
from apps.house_prices.model import load_model
from apps.house_prices.settings import load_settings
from lab.bench.apps.bare_wsgi import answer, read_body
from lab.bench.apps.priced import PRICED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def bare(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Read the body and answer with a fixed one."""
    read_body(environ)
    return answer(start_response, PRICED)


def werkzeug() -> WSGIApplication:
    """Return the same behind Werkzeug's routes."""
    routes = Map(
        [
            Rule(contract.PREDICT, methods=["POST"], endpoint="predict"),
            Rule(contract.READY, methods=["GET"], endpoint="ready"),
        ]
    )

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        routes.bind_to_environ(environ).match()
        Request(environ).get_data(cache=False)
        return Response(PRICED, mimetype=contract.JSON)(environ, start_response)

    return app


def flask(*, validates: bool = False, computes: bool = False) -> WSGIApplication:
    """Return the same behind Flask's routes, with more of the real work."""
    app = Flask(__name__, static_folder=None)
    model = load_model()

    @app.get(contract.READY)
    def ready() -> Response:
        return Response(PRICED, mimetype=contract.JSON)

    @app.post(contract.PREDICT)
    def predict() -> Response:
        body = current.get_data(cache=False)
        if not validates:
            return Response(PRICED, mimetype=contract.JSON)
        houses = PredictRequest.model_validate_json(body).inputs
        prices = model.predict(houses) if computes else [0.0] * len(houses)
        message = PredictResponse(predictions=prices, version=model.version)
        return Response(message.model_dump_json(), mimetype=contract.JSON)

    return app


def make_app(layer: str) -> WSGIApplication:
    """Return the app with this layer and all below it."""
    if layer == "bare":
        return bare
    if layer == "werkzeug":
        return werkzeug()
    validates = layer in {"validation", "logging", "model"}
    app = flask(validates=validates, computes=layer == "model")
    return RequestLog(app) if layer in {"logging", "model"} else app


configure_logging(load_settings())
app = make_app(os.environ["LAYER"])

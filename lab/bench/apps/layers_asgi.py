"""The way of a prediction through ASGI, one layer more each time: LAYER says how many.

bare        a function that reads the body and answers with a fixed one
starlette   + Starlette's routing, request and response
fastapi     + FastAPI's routing
validation  + the body is checked against the schema, and the answer is made from one
logging     + the project's request id and log line
model       + the price is computed
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from starlette.applications import Starlette
from starlette.routing import Route

from apps.fastapi_app.middleware import RequestLog
from apps.house_prices import contract
from apps.house_prices.logs import configure_logging
from apps.house_prices.messages import PredictRequest, PredictResponse
from apps.house_prices.model import load_model
from apps.house_prices.settings import load_settings
from lab.bench.apps.bare_asgi import answer, read_body, run_lifespan
from lab.bench.apps.priced import PRICED

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body and answer with a fixed one."""
    if scope["type"] == "lifespan":
        await run_lifespan(receive, send)
        return
    await read_body(receive)
    await answer(send, PRICED)


async def fixed(request: Request) -> Response:
    """Answer a request with a fixed body."""
    if request.method == "POST":
        await request.body()
    return Response(PRICED, media_type=contract.JSON)


def starlette() -> ASGIApp:
    """Return the same behind Starlette's routes."""
    routes = [
        Route(contract.PREDICT, fixed, methods=["POST"]),
        Route(contract.READY, fixed, methods=["GET"]),
    ]
    return Starlette(routes=routes)


def fastapi(*, validates: bool = False, computes: bool = False) -> ASGIApp:
    """Return the same behind FastAPI's routes, with more of the real work."""
    app = FastAPI(openapi_url=None)
    model = load_model()
    app.get(contract.READY)(fixed)

    async def predict(request: Request) -> Response:
        body = await request.body()
        if not validates:
            return Response(PRICED, media_type=contract.JSON)
        houses = PredictRequest.model_validate_json(body).inputs
        prices = model.predict(houses) if computes else [0.0] * len(houses)
        message = PredictResponse(predictions=prices, version=model.version)
        return Response(message.model_dump_json(), media_type=contract.JSON)

    app.post(contract.PREDICT)(predict)
    return app


def make_app(layer: str) -> ASGIApp:
    """Return the app with this layer and all below it."""
    if layer == "bare":
        return bare
    if layer == "starlette":
        return starlette()
    validates = layer in {"validation", "logging", "model"}
    app = fastapi(validates=validates, computes=layer == "model")
    return RequestLog(app) if layer in {"logging", "model"} else app


configure_logging(load_settings())
app = make_app(os.environ["LAYER"])

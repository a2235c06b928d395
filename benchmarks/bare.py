"""A bare ASGI function that predicts: the same schema, the same model, and nothing else.

What FastAPI adds to it, and what the production behaviour adds to FastAPI, is measured against it.
"""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from apps.house_prices.messages import PredictRequest, PredictResponse
from apps.house_prices.model import load_model

model = load_model()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer any request as a prediction."""
    if scope["type"] == "lifespan":
        await run_lifespan(receive, send)
        return
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if scope["method"] == "GET":  # the question whether it is ready
        content = b"{}"
    else:
        houses = PredictRequest.model_validate_json(body).inputs
        answer = PredictResponse(predictions=model.predict(houses), version=model.version)
        content = answer.model_dump_json().encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def run_lifespan(receive: Receive, send: Send) -> None:
    """Say yes to start and stop."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})

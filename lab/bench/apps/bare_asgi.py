"""A bare ASGI function: the contract's schema and model for predict, and nothing of a framework.

What FastAPI adds to it, and what the production behaviour adds to FastAPI, is measured against it.
"""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from apps.house_prices import contract
from lab.bench.apps.priced import HEALTH, priced


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer predict with prices, and everything else with the health document."""
    if scope["type"] == "lifespan":
        await run_lifespan(receive, send)
        return
    body = await read_body(receive)
    content = priced(body) if scope["path"] == contract.PREDICT else HEALTH
    await answer(send, content)


async def read_body(receive: Receive) -> bytes:
    """Return the body of a request."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def answer(send: Send, content: bytes) -> None:
    """Answer 200 with this JSON."""
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

"""What wraps every request: its id and log line, limits, CORS. Pure ASGI, which costs least."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

from loguru import logger
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apps.fastapi_app.errors import problem_response
from apps.house_prices import cors, request_id
from apps.house_prices.contract import ALWAYS_ANSWERED
from apps.house_prices.logs import log_request
from apps.house_prices.problems import ProblemError, busy

MAX_DRAINED_BYTES = 20_000_000


class RequestLog:
    """Gives each request an id and one log line, and makes a 500 of what nobody caught."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        identifier = request_id.accept_or_make(header(scope, b"x-request-id"))
        request_id.current.set(identifier)
        status = 0
        body_ended = False

        async def receive_to_the_end() -> Message:
            nonlocal body_ended
            message = await receive()
            body_ended = not message.get("more_body", False)
            return message

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", identifier.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        try:
            await self.app(scope, receive_to_the_end, send_with_id)
        except Exception:
            logger.exception("The request failed")
            if status:
                raise  # half an answer is out: only the server can end the connection
            await problem_response(ProblemError(500))(scope, receive, send_with_id)
        finally:
            if status >= 400 and not body_ended:
                await drain(receive)
            path = scope.get("raw_path", b"").decode("latin-1")
            log_request(scope["method"], path, status, time.perf_counter() - started)


class Cors:
    """Lets pages of the listed origins call the API."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        origin = header(scope, b"origin")
        if cors.is_preflight(scope["method"], header(scope, b"access-control-request-method")):
            headers = encode(cors.preflight_headers(origin, self.origins))
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        more_headers = encode(cors.answer_headers(origin, self.origins))

        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *more_headers]
            await send(message)

        await self.app(scope, receive, send_with_cors)


class HeadAsGet:
    """Answers HEAD as GET without the body, which FastAPI's routes do not do by themselves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_without_body)


class ConcurrencyLimit:
    """Refuses requests while as many as allowed are in flight, so that a queue cannot grow."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.free = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] in ALWAYS_ANSWERED:
            await self.app(scope, receive, send)
            return
        if self.free <= 0:
            await problem_response(busy())(scope, receive, send)
            return
        self.free -= 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.free += 1


async def drain(receive: Receive) -> None:
    """Read, up to a limit, what the client still sends of a body that was refused.

    gunicorn would end the connection, and a client in the middle of sending would not see the
    answer. uvicorn does this by itself, too.
    """
    left = MAX_DRAINED_BYTES
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def header(scope: Scope, name: bytes) -> str | None:
    """Return one request header, or None. The name is in lower case, as ASGI has it."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1").strip())  # uvicorn leaves blanks at the end
    return None


def encode(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return headers as ASGI wants them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]

"""How a JSON body is read: by the contract's rules, before FastAPI validates it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from apps.house_prices.json_body import parse_json, require_json
from apps.house_prices.problems import too_large


class JsonRequest(Request):
    """A request whose JSON was already parsed."""

    value: Any = None

    async def json(self) -> Any:  # noqa: ANN401 - JSON can be anything
        """Return the parsed body."""
        return self.value


def json_route(max_body_bytes: int) -> type[APIRoute]:
    """Return a route class that reads JSON bodies of up to so many bytes."""

    class JsonRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()
            if self.body_field is None:
                return handle

            async def read_and_handle(request: Request) -> Response:
                require_json(request.headers.get("content-type"))
                parsed = JsonRequest(request.scope, request.receive)
                parsed._body = await read_body(request, max_body_bytes)
                parsed.value = parse_json(parsed._body)
                return await handle(parsed)

            return read_and_handle

    return JsonRoute


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body, and stop reading as soon as it is known to be too large.

    Raises:
        ProblemError: 413.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise too_large(limit)
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        chunks.append(chunk)
    return b"".join(chunks)

"""Bodies of requests and responses: read by the contract's rules, and written.

FastAPI would do this by itself for a parameter and a return type that are pydantic models. By hand
it takes a tenth less time, a broken body is a problem document like every other error, and nothing
differs from the Flask version.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from apps.house_prices.contract import JSON
from apps.house_prices.json_body import Message, parse, require_json
from apps.house_prices.problems import broken_off, too_large


async def json_body(request: Request, message: type[Message], max_body_bytes: int) -> Message:
    """Return the body of a request as a message of that type.

    Raises:
        ProblemError: 413, 415 or 422, or 400 when the body breaks off.
    """
    require_json(request.headers.get("content-type"))
    return parse(await read_body(request, max_body_bytes), message)


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body, and stop reading as soon as it is known to be too large.

    Raises:
        ProblemError: 413, or 400 when the body breaks off.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise too_large(limit)
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise too_large(limit)
            chunks.append(chunk)
    except ClientDisconnect:
        raise broken_off() from None
    return b"".join(chunks)


def json_response(message: BaseModel) -> Response:
    """Return an answer with a message as its body."""
    return Response(message.model_dump_json(), media_type=JSON)


def documented_body(message: type[BaseModel]) -> dict[str, Any]:
    """Return what the contract says of a body that is read by hand."""
    schema = {"$ref": f"#/components/schemas/{message.__name__}"}
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}

"""Bodies of requests and responses: read by the contract's rules, and written."""

from __future__ import annotations

from flask import Response, request
from pydantic import BaseModel
from werkzeug.exceptions import RequestEntityTooLarge

from apps.house_prices.contract import JSON
from apps.house_prices.json_body import Message, parse, require_json
from apps.house_prices.problems import broken_off, too_large


def json_body(message: type[Message], max_body_bytes: int) -> Message:
    """Return the body of the current request as a message of that type.

    Raises:
        ProblemError: 413, 415 or 422, or 400 when the body breaks off.
    """
    require_json(request.headers.get("Content-Type"))
    return parse(read_body(max_body_bytes), message)


def read_body(limit: int) -> bytes:
    """Return the body, and stop reading as soon as it is known to be too large.

    Raises:
        ProblemError: 413, or 400 when the body breaks off.
    """
    # Werkzeug cuts a chunked body off at its limit without a word: one byte more tells.
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_large(limit) from None
    except Exception:  # each server raises its own when a body breaks off
        raise broken_off() from None
    if len(body) > limit:
        raise too_large(limit)
    # gunicorn's stream just ends when a client closes the connection in the middle of a body.
    if len(body) < (request.content_length or 0):
        raise broken_off()
    return body


def json_response(message: BaseModel) -> Response:
    """Return an answer with a message as its body."""
    return Response(message.model_dump_json(), mimetype=JSON)

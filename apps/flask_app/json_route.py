"""How a JSON body is read: by the contract's rules, then validated, which Flask leaves to us."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from flask import request
from pydantic import BaseModel, TypeAdapter, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from apps.house_prices.json_body import parse_json, require_json
from apps.house_prices.problems import ProblemError, invalid_input, too_large

Message = TypeVar("Message", bound=BaseModel)


def json_body(message: type[Message], max_body_bytes: int) -> Message:
    """Return the body of the current request as a message of that type.

    Raises:
        ProblemError: 413, 415 or 422.
    """
    require_json(request.headers.get("Content-Type"))
    value = parse_json(read_body(max_body_bytes))
    try:
        checked: Message = adapter(message).validate_python(value, from_attributes=True)
        return checked
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise invalid_input({**one, "loc": ("body", *one["loc"])} for one in found) from None


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
    except Exception as error:  # each server raises its own when a body breaks off
        raise ProblemError(400, "The body could not be read to its end.") from error
    if len(body) > limit:
        raise too_large(limit)
    return body


@cache
def adapter(message: type[Message]) -> TypeAdapter[Message]:
    """Return the validator that FastAPI would build for a body of this type."""
    return TypeAdapter(message)

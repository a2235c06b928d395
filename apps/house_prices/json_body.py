"""Reading a JSON body: the media type, the text and the schema, by the same rules in both apps."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from apps.house_prices.contract import JSON
from apps.house_prices.problems import ProblemError, invalid_input

Message = TypeVar("Message", bound=BaseModel)


def require_json(content_type: str | None) -> None:
    """Refuse a body that is not declared as JSON.

    Raises:
        ProblemError: 415, when the media type is missing or is not application/json. Parameters
            such as charset are allowed and ignored: JSON is UTF-8 (RFC 8259).
    """
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise ProblemError(415, f"Send the body as JSON, with the header Content-Type: {JSON}.")


def parse(body: bytes, message: type[Message]) -> Message:
    """Return the message that a body holds. Parsed and checked in one step, in compiled code.

    Raises:
        ProblemError: 422, when it is not JSON after RFC 8259, or not what the schema asks for.
    """
    try:
        return message.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise invalid_input({**one, "loc": ("body", *one["loc"])} for one in found) from None

"""Reading a JSON body: the media type and the text, by the same rules in both apps."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from apps.house_prices.contract import JSON
from apps.house_prices.problems import ProblemError


def require_json(content_type: str | None) -> None:
    """Refuse a body that is not declared as JSON.

    Raises:
        ProblemError: 415, when the media type is missing or is not application/json. Parameters
            such as charset are allowed and ignored: JSON is UTF-8 (RFC 8259).
    """
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise ProblemError(415, f"Send the body as JSON, with the header Content-Type: {JSON}.")


def parse_json(body: bytes) -> Any:  # noqa: ANN401 - JSON can be anything
    """Return the value that a body holds.

    Raises:
        ProblemError: 422, when it is not JSON after RFC 8259. NaN and Infinity are not.
    """
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError as error:
        message = f"The body is not valid JSON: {error}"
        wrong = [{"loc": ["body"], "msg": message, "type": "json_invalid"}]
        raise ProblemError(422, "The body is not valid JSON.", errors=wrong) from None

"""Error documents after RFC 9457: one shape for every error of both apps.

Nothing that the client sent as a value is ever echoed. The names of its fields are, shortened,
because an error without its place helps nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from apps.house_prices.contract import RETRY_AFTER_SECONDS
from apps.house_prices.names import nearest_name

# Status names after RFC 9110. Python's own table differs between its versions.
TITLES: Mapping[int, str] = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}

DETAILS: Mapping[int, str] = {
    400: "The request could not be read.",
    404: "There is nothing at this path. The contract is at /docs.",
    405: "This path does not answer this method. The Allow header lists the methods that it does.",
    500: "Something failed on the server. Quote the request id when you report it.",
}

LISTED_ERRORS = 100
SHOWN_NAME = 60

InputErrors = list[dict[str, Any]]


class ProblemError(Exception):
    """Ends the handling of a request with a problem document.

    Args:
        status: an HTTP status of 400 or above.
        detail: what happened and what to do, in a sentence.
        errors: for 422, what is wrong with the input: dicts of loc, msg and type.
        headers: more response headers, such as Allow.
    """

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        errors: InputErrors | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.detail = detail or DETAILS.get(status, TITLES[status])
        self.errors = errors
        self.headers = dict(headers or {})
        super().__init__(self.detail)


def busy() -> ProblemError:
    """Return the refusal of a server that already works on as much as it may."""
    return ProblemError(
        503,
        "The server is busy. Try again after the seconds in the Retry-After header.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def not_ready() -> ProblemError:
    """Return the answer of a server that is alive and cannot predict."""
    return ProblemError(
        503,
        "The model's files are missing or have changed since the start. Restore them and restart.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def too_large(limit: int) -> ProblemError:
    """Return the refusal of a body of more than `limit` bytes."""
    return ProblemError(413, f"The body is larger than {limit:,} bytes. Send fewer houses at once.")


def broken_off() -> ProblemError:
    """Return the answer to a body that ends too soon. Mostly nobody is left to read it."""
    return ProblemError(400, "The body could not be read to its end.")


def invalid_input(errors: Iterable[Mapping[str, Any]]) -> ProblemError:
    """Return a 422 from pydantic's list of errors, whose `loc` starts with "body"."""
    found = list(errors)
    count = f"{len(found):,} error" + ("s" if len(found) != 1 else "")
    more = f"; the first {LISTED_ERRORS} are listed" if len(found) > LISTED_ERRORS else ""
    listed = [_input_error(error) for error in found[:LISTED_ERRORS]]
    return ProblemError(422, f"The input has {count}{more}.", errors=listed)


def allow_header(methods: Iterable[str]) -> str:
    """Return the value of Allow for a 405. HEAD goes wherever GET goes; OPTIONS is only CORS."""
    names = {method.strip() for method in methods} - {"OPTIONS"}
    if "GET" in names:
        names.add("HEAD")
    return ", ".join(sorted(names))


def document(problem: ProblemError, request_id: str) -> bytes:
    """Return the body of the answer, as UTF-8 JSON."""
    fields: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"/requests/{request_id}",
    }
    if problem.errors is not None:
        fields["errors"] = problem.errors
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _input_error(error: Mapping[str, Any]) -> dict[str, Any]:
    kind = error["type"]
    name = error["loc"][-1]
    message = error["msg"]
    if kind == "extra_forbidden":
        message = (
            _unknown_name(str(name)) if len(error["loc"]) > 2 else "The one name here is inputs"
        )
    loc = [part if isinstance(part, int) else part[:SHOWN_NAME] for part in error["loc"]]
    return {"loc": loc, "msg": message, "type": kind}


def _unknown_name(name: str) -> str:
    near = nearest_name(name[:SHOWN_NAME])
    return f"Unknown name. Did you mean {near}?" if near else "Unknown name"

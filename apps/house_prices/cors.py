"""Which answers a page from another origin may read: the CORS rules of both apps."""

from __future__ import annotations

from collections.abc import Collection, Mapping

ALLOWED_METHODS = "GET, HEAD, POST"
ALLOWED_HEADERS = "Content-Type, X-Request-ID"
READABLE_HEADERS = "X-Request-ID, Retry-After"
PREFLIGHT_SECONDS = "600"


def is_preflight(method: str, asked_method: str | None) -> bool:
    """Return whether a request only asks what a page of another origin may do."""
    return method == "OPTIONS" and asked_method is not None


def answer_headers(origin: str | None, allowed: Collection[str]) -> Mapping[str, str]:
    """Return the headers that let an allowed origin read an answer.

    `Vary` goes on every answer, so that no cache gives one origin the answer made for another.
    """
    headers = {"Vary": "Origin"}
    if origin in allowed:
        headers["Access-Control-Allow-Origin"] = str(origin)
        headers["Access-Control-Expose-Headers"] = READABLE_HEADERS
    return headers


def preflight_headers(origin: str | None, allowed: Collection[str]) -> Mapping[str, str]:
    """Return the headers of the answer to a preflight: what an allowed origin may send."""
    headers = dict(answer_headers(origin, allowed))
    if origin in allowed:
        headers["Access-Control-Allow-Methods"] = ALLOWED_METHODS
        headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
        headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return headers

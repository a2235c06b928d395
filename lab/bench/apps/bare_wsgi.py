"""A bare WSGI function: the contract's schema and model for predict, and nothing of a framework."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from apps.house_prices import contract
from lab.bench.apps.priced import HEALTH, priced

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer predict with prices, and everything else with the health document."""
    body = read_body(environ)
    content = priced(body) if environ["PATH_INFO"] == contract.PREDICT else HEALTH
    return answer(start_response, content)


def read_body(environ: WSGIEnvironment) -> bytes:
    """Return the body of a request."""
    return bytes(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))


def answer(start_response: StartResponse, content: bytes) -> Iterable[bytes]:
    """Answer 200 with this JSON."""
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    start_response("200 OK", headers)
    return [content]

"""What wraps every request: its id and log line, limits, CORS. Pure WSGI, which costs least."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from loguru import logger

from apps.flask_app.errors import problem_response
from apps.house_prices import cors, request_id
from apps.house_prices.contract import ALWAYS_ANSWERED
from apps.house_prices.logs import log_request
from apps.house_prices.problems import ProblemError, busy

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


MAX_DRAINED_BYTES = 20_000_000


class RequestLog:
    """Gives each request an id and one log line, and makes a 500 of what nobody caught."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request."""
        started = time.perf_counter()
        identifier = request_id.accept_or_make(environ.get("HTTP_X_REQUEST_ID"))
        request_id.current.set(identifier)
        status = 0

        def start_with_id(
            line: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
        ) -> Any:  # noqa: ANN401 - WSGI's write callable
            nonlocal status
            status = int(line.split(" ", 1)[0])
            more = [("X-Request-ID", identifier), ("X-Content-Type-Options", "nosniff")]
            return start_response(line, [*headers, *more], exc_info)

        try:
            return self.app(environ, start_with_id)
        except Exception:
            logger.exception("The request failed")
            return problem_response(ProblemError(500))(environ, start_with_id)
        finally:
            drain(environ)
            path = str(environ.get("RAW_URI") or environ["PATH_INFO"]).partition("?")[0]
            log_request(environ["REQUEST_METHOD"], path, status, time.perf_counter() - started)


class Cors:
    """Lets pages of the listed origins call the API."""

    def __init__(self, app: WSGIApplication, origins: Collection[str]) -> None:
        self.app = app
        self.origins = origins

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request."""
        origin = environ.get("HTTP_ORIGIN")
        asked_method = environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD")
        if cors.is_preflight(environ["REQUEST_METHOD"], asked_method):
            headers = encode(cors.preflight_headers(origin, self.origins))
            start_response("204 No Content", headers)
            return []
        more_headers = encode(cors.answer_headers(origin, self.origins))

        def start_with_cors(
            line: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
        ) -> Any:  # noqa: ANN401 - WSGI's write callable
            return start_response(line, [*headers, *more_headers], exc_info)

        return self.app(environ, start_with_cors)


# HeadAsGet has no twin here: Flask's routes answer HEAD by themselves.


class ConcurrencyLimit:
    """Refuses requests while as many as allowed are in flight, so that a queue cannot grow."""

    def __init__(self, app: WSGIApplication, limit: int) -> None:
        self.app = app
        self.free = threading.Semaphore(limit)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request."""
        if environ["PATH_INFO"] in ALWAYS_ANSWERED:
            return self.app(environ, start_response)
        if not self.free.acquire(blocking=False):
            return problem_response(busy())(environ, start_response)
        try:
            return self.app(environ, start_response)
        finally:
            self.free.release()


def drain(environ: WSGIEnvironment) -> None:
    """Read, up to a limit, what the client still sends of a body that was refused.

    gunicorn would end the connection, and a client in the middle of sending would not see the
    answer. uvicorn does this by itself.
    """
    if not environ.get("wsgi.input_terminated"):
        return  # a server that does not mark the end of the body: reading on would wait for ever
    left = MAX_DRAINED_BYTES
    # Each server raises its own exceptions when a body breaks off; the answer is made already.
    with contextlib.suppress(Exception):
        while left > 0 and (chunk := environ["wsgi.input"].read(min(left, 65_536))):
            left -= len(chunk)


def encode(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return headers as WSGI wants them."""
    return list(headers.items())

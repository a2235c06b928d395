"""Wraps a WSGI app: a request lasts from its call until its body is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import Token
from typing import TYPE_CHECKING

from lab.bench.trace.recorder import Record, Recorder, current, now

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class TracedWsgi:
    """Records the requests that carry an X-Request-ID. The others pass."""

    def __init__(self, app: WSGIApplication, recorder: Recorder) -> None:
        self.app = app
        self.recorder = recorder

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request."""
        identifier = environ.get("HTTP_X_REQUEST_ID")
        if not identifier:
            return self.app(environ, start_response)
        record = Record(identifier, None)
        token = current.set(record)
        try:
            body = self.app(environ, start_response)
        except BaseException:
            _done(record, token, self.recorder)
            raise
        return _Body(body, record, token, self.recorder)


class _Body:
    """The body of an answer, which tells when the server is done with it."""

    def __init__(
        self,
        body: Iterable[bytes],
        record: Record,
        token: Token[Record | None],
        recorder: Recorder,
    ) -> None:
        self.body = body
        self.record = record
        self.token = token
        self.recorder = recorder

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        """Close the app's own body as well. The server calls this at the end, whatever happens."""
        try:
            close = getattr(self.body, "close", None)
            if close is not None:
                close()
        finally:
            _done(self.record, self.token, self.recorder)


def _done(record: Record, token: Token[Record | None], recorder: Recorder) -> None:
    current.reset(token)
    record.end = now()
    recorder.write(record)

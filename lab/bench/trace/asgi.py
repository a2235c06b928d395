"""Wraps an ASGI app: sees each step in which a request held the event loop, and what lay between.

A coroutine runs from one `await` that has to wait to the next. Whoever drives it sees the begin and
the end of each such step. So the app's coroutine is not awaited here, but driven by hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import TYPE_CHECKING, Any

from lab.bench.trace.recorder import Record, Recorder, current, now

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class TracedAsgi:
    """Records the requests that carry an X-Request-ID. The others pass."""

    def __init__(self, app: ASGIApp, recorder: Recorder) -> None:
        self.app = app
        self.recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the start and the end of the server."""
        identifier = _identifier(scope)
        if not identifier:
            await self.app(scope, receive, send)
            return
        task = asyncio.current_task()
        record = Record(identifier, task.get_name() if task else "")
        token = current.set(record)
        try:
            await _Driven(self.app(scope, receive, send), record)  # type: ignore[arg-type]
        finally:
            current.reset(token)
            record.end = now()
            self.recorder.write(record)


class _Driven:
    """Awaits a coroutine, and notes when it ran."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], record: Record) -> None:
        self.coroutine = coroutine
        self.record = record

    def __await__(self) -> Generator[Any, Any, None]:
        step: Callable[[], Any] = partial(self.coroutine.send, None)
        while True:
            start = now()
            try:
                awaited = step()
            except StopIteration:
                return
            finally:
                self.record.run(start)
            try:
                value = yield awaited
            except GeneratorExit:
                self.coroutine.close()
                raise
            except BaseException as error:  # a cancellation belongs to the app
                step = partial(self.coroutine.throw, error)
            else:
                step = partial(self.coroutine.send, value)


def _identifier(scope: Scope) -> str | None:
    if scope["type"] == "http":
        for name, value in scope["headers"]:
            if name == b"x-request-id":
                return str(value.decode("latin-1").strip())
    return None

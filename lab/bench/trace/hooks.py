"""Sees what a request waits for: sleeping, and asking another service over HTTP.

The functions are replaced for the whole process, before the app is imported. Outside of a request
they do what they always did.
"""

from __future__ import annotations

import asyncio
import functools
import http.client
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from lab.bench.trace.recorder import current, now

P = ParamSpec("P")
T = TypeVar("T")
Asynchronous = Callable[P, Coroutine[Any, Any, T]]

SLEEPS, ASKS = "sleeps", "asks upstream"


def install() -> None:
    """Replace them."""
    time.sleep = _timed(time.sleep, SLEEPS)
    asyncio.sleep = _sleeping(asyncio.sleep)  # type: ignore[assignment]
    # What requests and urllib stand on; the whole time from sending is seen one floor above it.
    answer = http.client.HTTPConnection.getresponse
    http.client.HTTPConnection.getresponse = _timed(answer, ASKS)  # type: ignore[method-assign]
    with suppress(ImportError):
        from requests.adapters import HTTPAdapter

        HTTPAdapter.send = _timed(HTTPAdapter.send, ASKS)  # type: ignore[method-assign]
    with suppress(ImportError):
        import httpx

        blocking, awaiting = httpx.HTTPTransport, httpx.AsyncHTTPTransport
        blocking.handle_request = _timed(blocking.handle_request, ASKS)  # type: ignore[method-assign]
        awaiting.handle_async_request = _awaited(  # type: ignore[method-assign]
            awaiting.handle_async_request, ASKS
        )


def _timed(function: Callable[P, T], what: str) -> Callable[P, T]:
    @functools.wraps(function)
    def timed(*args: P.args, **kwargs: P.kwargs) -> T:
        record = current.get()
        if record is None:
            return function(*args, **kwargs)
        start = now()
        try:
            return function(*args, **kwargs)
        finally:
            record.wait(what, start)

    return timed


def _sleeping(sleep: Asynchronous[P, T]) -> Asynchronous[P, T]:
    noted = _awaited(sleep, SLEEPS)

    @functools.wraps(sleep)
    async def sleeping(*args: P.args, **kwargs: P.kwargs) -> T:
        # Libraries sleep for no time at all to give others a turn: that is no wait of the app's.
        delay = args[0] if args else kwargs.get("delay")
        return await (noted if delay else sleep)(*args, **kwargs)

    return sleeping


def _awaited(
    function: Callable[P, Coroutine[Any, Any, T]], what: str
) -> Callable[P, Coroutine[Any, Any, T]]:
    @functools.wraps(function)
    async def awaited(*args: P.args, **kwargs: P.kwargs) -> T:
        record = current.get()
        if record is None:
            return await function(*args, **kwargs)
        start = now()
        try:
            return await function(*args, **kwargs)
        finally:
            record.awaited(what, start)

    return awaited

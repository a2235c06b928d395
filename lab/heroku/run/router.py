"""The router: takes every request, picks a dyno, and passes both ways what is said.

aiohttp does the talking on both sides. Here are the platform's rules: whom it asks, how long it
waits, and what it says when there is no answer.
"""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Iterator, Mapping

import aiohttp
from aiohttp import web

from lab.heroku.run.dyno import Dyno
from lab.heroku.run.exchange import FROM_DYNO, Connector, Exchange, RefusedError
from lab.heroku.run.formation import Formation
from lab.heroku.run.limits import Limits
from lab.heroku.run.log import Log
from lab.servers.ports import HOST

CLOSE = 1.0  # seconds for requests in flight when the router is closed
NOTHING_ADDED = frozenset({"Accept", "Accept-Encoding", "Content-Type", "User-Agent"})


class Router:
    """Listens on loopback, and passes requests on to the web dynos of a formation.

    `limits` may be replaced while it runs; they hold for requests that come after that.
    """

    def __init__(self, formation: Formation, log: Log, limits: Limits) -> None:
        self._formation = formation
        self._log = log
        self.limits = limits
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._clients: dict[Dyno, aiohttp.ClientSession] = {}
        self._quarantine: dict[Dyno, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> str:
        """Listen on a port, or on a free one; return the URL."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        app.on_response_prepare.append(_take_back_additions)
        # A client that leaves cancels its handler: this is how the router learns of it.
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=CLOSE
        )
        await self._runner.setup()
        listener = socket.create_server((HOST, port), backlog=1024)
        self._port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener).start()
        return f"http://{HOST}:{self._port}"

    async def close(self) -> None:
        """Stop listening, and close all connections."""
        if self._runner is not None:
            await self._runner.cleanup()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in self._clients.values():
            await client.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        exchange = Exchange(request, self.limits, port=self._port)
        try:
            return await self._route(exchange)
        except RefusedError as refused:
            return await exchange.refuse(refused)
        except (asyncio.CancelledError, ConnectionError):
            exchange.client_left()
            raise
        finally:
            self._log.heroku("router", str(exchange.line))

    async def _route(self, exchange: Exchange) -> web.StreamResponse:
        """Ask one dyno after another until one takes the connection."""
        tried: dict[Dyno, RefusedError] = {}
        while True:
            dyno = await self._pick(tried)
            dyno.in_flight += 1
            try:
                return await exchange.forward(dyno, self._client(dyno))
            except RefusedError as error:
                if not error.not_connected:
                    raise
                self._quarantine[dyno] = time.monotonic() + self.limits.quarantine.value
                tried[dyno] = error
            finally:
                dyno.in_flight -= 1

    async def _pick(self, tried: Mapping[Dyno, RefusedError]) -> Dyno:
        """Return a web dyno that is up, any of them; wait for one that starts."""
        if dyno := self._any(tried):
            return dyno
        limit = self.limits.boot_queue
        try:
            async with asyncio.timeout(limit.value):
                while not (dyno := self._any(tried)):
                    if tried:
                        raise list(tried.values())[-1]
                    self._why_none()
                    await self._formation.changed()
                return dyno
        except TimeoutError:
            raise RefusedError("H20", limit.note) from None

    def _any(self, tried: Mapping[Dyno, RefusedError]) -> Dyno | None:
        """Return one that is up, rather not one that has refused a connection just now."""
        up = [dyno for dyno in self._up() if dyno not in tried]
        now = time.monotonic()
        at_large = [dyno for dyno in up if self._quarantine.get(dyno, 0) <= now]
        return random.choice(at_large or up) if up else None

    def _up(self) -> Iterator[Dyno]:
        for place in self._formation.web:
            dyno = place.dyno
            if dyno is not None and dyno.is_up and not dyno.retired.is_set():
                yield dyno

    def _why_none(self) -> None:
        """Raise unless a dyno is about to come."""
        states = {place.state for place in self._formation.web}
        if self._formation.release_running is None:
            raise RefusedError("H81")
        if not states:
            raise RefusedError("H14")
        if states == {"crashed"}:
            raise RefusedError("H10")

    def _client(self, dyno: Dyno) -> aiohttp.ClientSession:
        if dyno not in self._clients:
            self._clients[dyno] = client(self.limits)
            task = asyncio.create_task(self._close_after(dyno))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return self._clients[dyno]

    async def _close_after(self, dyno: Dyno) -> None:
        """Close the connections that wait for a next request as soon as there will be none."""
        await dyno.retired.wait()
        while dyno.in_flight:
            await asyncio.sleep(0.01)
        self._quarantine.pop(dyno, None)
        await self._clients.pop(dyno).close()


def client(limits: Limits) -> aiohttp.ClientSession:
    """Return what speaks to one dyno: it adds nothing of its own, and follows and keeps nothing.

    A request that may be repeated, and goes to a connection that the dyno has just closed, is sent
    once more over a new one; a POST is not. So does the platform's router.
    """
    return aiohttp.ClientSession(
        connector=Connector(limit=0, keepalive_timeout=limits.router_keep_alive.value),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=limits.connect.value),
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=NOTHING_ADDED,
    )


async def _take_back_additions(_: web.Request, response: web.StreamResponse) -> None:
    """Remove what aiohttp adds to an answer; the app's own headers are kept apart in it."""
    kept = response.get(FROM_DYNO)
    if kept is not None:
        for name in ("Server", "Content-Type", "Date"):
            if name not in kept:
                response.headers.popall(name, None)

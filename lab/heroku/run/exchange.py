"""One request on its way through the router, with its limits and its line in the log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextvars import ContextVar

import aiohttp
from aiohttp import web
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from multidict import CIMultiDictProxy
from yarl import URL

from lab.heroku import facts
from lab.heroku.run import headers
from lab.heroku.run.dyno import Dyno
from lab.heroku.run.error_page import PAGE
from lab.heroku.run.limits import Limit, Limits
from lab.heroku.run.router_line import RouterLine

CLIENT_LEFT = "H27"
_NOT_CONNECTED = (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError)
FROM_DYNO = web.ResponseKey("from_dyno", CIMultiDictProxy[str])
ALMOST = 0.99  # of a limit that was set just before: it is not set anew for each piece


class RefusedError(Exception):
    """There is no whole answer of the app: the platform's code for that."""

    def __init__(
        self, code: str, note: str = "", *, sock: str = "", not_connected: bool = False
    ) -> None:
        super().__init__(code)
        self.code = code
        self.note = note
        self.sock = sock
        self.not_connected = not_connected


class Exchange:
    """One request and its answer."""

    def __init__(self, request: web.Request, limits: Limits, *, port: int) -> None:
        remote = request.remote or ""
        version = request.version
        self.line = RouterLine(
            method=request.method,
            path=_target(request),
            host=request.headers.get("Host", ""),
            request_id=headers.request_id(request.headers),
            fwd=headers.forwarded_for(request.headers, remote),
            protocol=f"http{version.major}.{version.minor}",
        )
        self._request = request
        self._limits = limits
        self._port = port
        self._began = 0.0  # when a dyno had the connection
        self._answer: web.StreamResponse | None = None
        self._whole_body = b""  # kept for the case that the first dyno refuses the connection
        self._timer = asyncio.timeout(None)
        self._connecting_since = 0.0
        self._until = 0.0  # when the limit in force ends
        self._limit, self._limit_code = limits.first_byte, "H12"

    async def forward(self, dyno: Dyno, client: aiohttp.ClientSession) -> web.StreamResponse:
        """Pass the request on and the answer back.

        Raises:
            RefusedError: when there is none, or half of one.
        """
        self.line.dyno = dyno.name
        self._timer = asyncio.timeout(None)
        self._until = 0.0
        self._connecting_since = time.monotonic()
        _present.set(self)
        try:
            async with self._timer:
                return await self._forward(dyno, client)
        except (TimeoutError, aiohttp.ClientError) as error:
            if self._client_is_gone:
                raise ConnectionResetError from error
            raise self._what_failed(error) from error
        finally:
            if self._began:
                self.line.service = _since(self._began)

    def connected(self) -> None:
        """Note that the dyno has the connection."""
        if not self._began:
            self.line.connect = _since(self._connecting_since)
            self._began = time.monotonic()

    async def refuse(self, refused: RefusedError) -> web.StreamResponse:
        """Send the error page; where a part of an answer is sent already, break off."""
        line = self.line
        line.code, line.note, line.sock = refused.code, refused.note, refused.sock
        line.status = facts.platform().code_of(refused.code).status
        if self._answer is None:
            line.bytes = len(PAGE) if self._began else None
            page = web.Response(text=PAGE, content_type="text/html", status=503)
            # What the client still sends of its request, nobody reads.
            page.force_close()
            return page
        if self._request.transport is not None:
            self._request.transport.close()
        return self._answer

    def client_left(self) -> None:
        """Note that there is nobody any more to whom to send the answer."""
        self.line.code, self.line.sock = CLIENT_LEFT, "client"
        self.line.status, self.line.bytes = facts.platform().code_of(CLIENT_LEFT).status, None

    @property
    def _client_is_gone(self) -> bool:
        transport = self._request.transport
        return transport is None or transport.is_closing()

    async def _forward(self, dyno: Dyno, client: aiohttp.ClientSession) -> web.StreamResponse:
        request = self._request
        async with client.request(
            request.method,
            URL(dyno.url + self.line.path, encoded=True),
            headers=headers.to_dyno(
                request.headers,
                X_Request_Id=self.line.request_id,
                X_Forwarded_For=self.line.fwd,
                X_Forwarded_Port=str(self._port),
            ),
            data=self._body(),
            allow_redirects=False,
        ) as found:
            answer = web.StreamResponse(status=found.status, reason=found.reason)
            answer.headers.extend(headers.end_to_end(found.headers))
            answer[FROM_DYNO] = found.headers
            answer.headers.add("Via", headers.VIA)
            self.line.status, self.line.bytes = found.status, 0
            await answer.prepare(request)
            self._answer = answer
            self._wait_for("H15", self._limits.idle)
            async for chunk in found.content.iter_any():
                self._wait_for("H15", self._limits.idle)
                await answer.write(chunk)
                self.line.bytes += len(chunk)
            await answer.write_eof()
            return answer

    def _body(self) -> bytes | AsyncIterator[bytes] | None:
        """Return the body: all of it where it is here already, else what gives it as it comes."""
        if self._request.can_read_body and not self._request.content.is_eof():
            return self._upload()
        self._wait_for("H12", self._limits.first_byte)
        self._whole_body += self._request.content.read_nowait()
        return self._whole_body or None

    async def _upload(self) -> AsyncIterator[bytes]:
        """Give the body as it comes; the app's time begins when all of it is sent."""
        self._wait_for("H28", self._limits.idle)
        async for chunk in self._request.content.iter_any():
            yield chunk
            self._wait_for("H28", self._limits.idle)
        if self._answer is None:
            self._wait_for("H12", self._limits.first_byte)

    def _wait_for(self, code: str, limit: Limit) -> None:
        """Give what happens next so much time from now, and remember the code if it takes more."""
        now = asyncio.get_running_loop().time()
        if code == self._limit_code and self._until - now > limit.value * ALMOST:
            return
        self._limit_code, self._limit, self._until = code, limit, now + limit.value
        if not self._timer.expired():
            self._timer.reschedule(self._until)

    def _what_failed(self, error: Exception) -> RefusedError:
        # As long as no dyno has had the request, another one may still get it.
        if not self._began and isinstance(error, _NOT_CONNECTED):
            self.line.connect = _since(self._connecting_since)
            if isinstance(error, TimeoutError):
                return RefusedError("H19", self._limits.connect.note, not_connected=True)
            return RefusedError("H21", not_connected=True)
        if isinstance(error, TimeoutError) and self._timer.expired():
            sock = {"H28": "client"}.get(self._limit_code, "")
            return RefusedError(self._limit_code, self._limit.note, sock=sock)
        if self._answer is not None:
            return RefusedError("H18", sock="backend")
        if isinstance(error, aiohttp.ClientResponseError):
            return RefusedError("H17")
        return RefusedError("H13")


_present: ContextVar[Exchange] = ContextVar("present")


class Connector(aiohttp.TCPConnector):
    """Tells the exchange for which it connects when it has done so."""

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """Return a connection, a new one or one that waited to be used again."""
        connection = await super().connect(req, traces, timeout)
        _present.get().connected()
        return connection


def _target(request: web.Request) -> str:
    """Return path and query as they were sent; a client may name the host before them."""
    sent = request.raw_path
    return sent if sent.startswith("/") else request.rel_url.raw_path_qs


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)

"""One client connection: sends a request, finds the end of its answer, says how it ended."""

from __future__ import annotations

import asyncio
from typing import Protocol, cast

import httptools


class Owner(Protocol):
    """Who owns connections and is told what happens on them."""

    bytes_in: int

    def connected(self, connection: Connection) -> None:
        """The connection stands; its first request can be sent."""

    def answered(self, connection: Connection, status: int, keeps: bool) -> None:
        """A whole answer has come. `keeps`: the server takes more requests here."""

    def failed(self, connection: Connection, error: str) -> None:
        """The request on the connection has failed, and the connection is closed."""

    def lost(self, connection: Connection) -> None:
        """A connection on which nothing was asked is closed."""


class Connection(asyncio.Protocol):
    """One connection. `intended` and `sent` belong to the request that is on it while `busy`.

    Answers are parsed by httptools, the parser of uvicorn: it knows chunks, lengths, interim
    answers (1xx), and when a server closes.
    """

    __slots__ = (
        *("owner", "transport", "task", "intended", "sent", "busy"),
        *("_parser", "_head", "_head_ended", "_interim", "_status", "_keeps", "_answers"),
    )

    def __init__(self, owner: Owner, intended: float, now: float) -> None:
        self.owner = owner
        self.transport: asyncio.Transport | None = None  # None until it is connected
        self.task: asyncio.Task[None] | None = None  # the one that connects
        self.intended = intended
        self.sent = now
        self.busy = False
        self._parser = httptools.HttpResponseParser(self)
        self._status = 0
        self._keeps = False
        self._answers = 0
        self._interim = False
        self._expect_head()

    def _expect_head(self) -> None:
        self._head = b""
        self._head_ended = False

    def send(self, request: bytes, intended: float, now: float) -> None:
        """Send a request. The connection must be connected and not busy."""
        assert self.transport is not None
        self.intended = intended
        self.sent = now
        self.busy = True
        self._answers = 0
        self._interim = False
        self.transport.write(request)

    def close(self) -> None:
        """Close it and tell the owner nothing more."""
        self.busy = False
        self.owner = _NOBODY
        if self.transport is not None:
            self.transport.abort()
        if self.task is not None:
            self.task.cancel()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tell the owner."""
        self.transport = cast(asyncio.Transport, transport)
        self.owner.connected(self)

    def data_received(self, data: bytes) -> None:
        """Look for the end of the answer."""
        self.owner.bytes_in += len(data)
        if not self._head_ended:
            self._head += data  # kept until it is whole: connection_lost looks into it
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._give_up("unreadable")
            return
        if self._answers == 0:
            return
        if self._answers > 1 or not self.busy:
            self._give_up("unreadable")  # more answers than questions
            return
        self.busy = False
        self._expect_head()
        self.owner.answered(self, self._status, self._keeps)

    def on_headers_complete(self) -> None:
        """Note it (httptools calls this)."""
        self._head_ended = True

    def on_message_complete(self) -> None:
        """Note the answer (httptools calls this)."""
        status = self._parser.get_status_code()
        if status < 200:  # an interim answer: the real one follows
            self._interim = True
            self._expect_head()
            return
        self._answers += 1
        self._status = status
        self._keeps = self._parser.should_keep_alive()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the owner what this means for the request."""
        owner, busy = self.owner, self.busy
        self.busy = False
        if not busy:
            owner.lost(self)
        elif exc is None and self._ends_with_connection():
            owner.answered(self, self._parser.get_status_code(), False)
        else:
            owner.failed(self, "cut" if exc is None else "reset")

    def _ends_with_connection(self) -> bool:
        """Tell whether the answer has neither a length nor chunks: then it is whole now."""
        head = self._head.partition(b"\r\n\r\n")[0].lower()
        framed = b"\r\ncontent-length:" in head or b"\r\ntransfer-encoding:" in head
        # After an interim answer the kept head may lack its beginning: then nothing is assumed.
        return self._head_ended and not framed and not self._interim

    def _give_up(self, error: str) -> None:
        owner, busy = self.owner, self.busy
        self.close()
        if busy:
            owner.failed(self, error)
        else:
            owner.lost(self)


class _Nobody:
    """The owner of closed connections: takes no notice."""

    bytes_in = 0

    def connected(self, connection: Connection) -> None:
        """Nothing: too late."""
        connection.close()

    def answered(self, connection: Connection, status: int, keeps: bool) -> None:
        """Nothing."""

    def failed(self, connection: Connection, error: str) -> None:
        """Nothing."""

    def lost(self, connection: Connection) -> None:
        """Nothing."""


_NOBODY = _Nobody()

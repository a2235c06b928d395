"""A small closed-loop load generator: so many connections, each asks again once it was answered.

Good for one question alone, how many requests a second a server can answer. A closed loop waits
when the server stalls, so its latencies say little; lesson 06 explains.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

import uvloop

LOCAL = ("127.0.0.1", "localhost", "::1")


def post(path: str, body: object) -> bytes:
    """Return the bytes of a POST with a JSON body, ready to be sent again and again."""
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


@dataclass
class Count:
    """What the connections of one run have seen together."""

    answered: int = 0
    failed: int = 0


class Connection(asyncio.Protocol):
    """One client: sends the request, waits for the whole answer, sends it again."""

    def __init__(self, request: bytes, count: Count) -> None:
        self.request = request
        self.count = count
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Count a complete answer and ask again."""
        self.received += data
        head, separator, rest = self.received.partition(b"\r\n\r\n")
        if not separator or len(rest) < content_length(head):
            return
        if head.startswith(b"HTTP/1.1 200 "):
            self.count.answered += 1
        else:
            self.count.failed += 1
        self.received = b""
        self.transport.write(self.request)


def content_length(head: bytes) -> int:
    """Return the length of the body that these header lines announce."""
    lines = head.lower().split(b"\r\n")
    return next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))


def requests_per_second(url: str, request: bytes, *, seconds: float, connections: int = 8) -> float:
    """Load one server of this machine for so many seconds and return its rate of good answers.

    Raises:
        ValueError: when the URL is not on this machine or names no port.
        RuntimeError: when an answer was not 200.
    """
    host, port = urlsplit(url).hostname, urlsplit(url).port
    if host not in LOCAL or port is None:
        raise ValueError(f"{url} is not a server on this machine: only those are loaded")

    async def run() -> float:
        count = Count()
        loop = asyncio.get_running_loop()
        started = time.perf_counter()
        opened = [
            await loop.create_connection(lambda: Connection(request, count), host, port)
            for _ in range(connections)
        ]
        await asyncio.sleep(seconds)
        rate = count.answered / (time.perf_counter() - started)
        for transport, _ in opened:
            transport.abort()
        if count.failed:
            raise RuntimeError(f"{count.failed} answers of {url} were not 200")
        return rate

    return uvloop.run(run())

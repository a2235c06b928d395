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
GOOD = b"HTTP/1.1 200 "

# Above this share of a core the generator may be what is measured.
BUSIEST = 0.85


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
    """One client: sends the request, waits for the whole answer, sends it again.

    The same request gets an answer of the same length each time, so only the first one is parsed.
    """

    def __init__(self, request: bytes, count: Count) -> None:
        self.request = request
        self.count = count
        self.received = b""
        self.length = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Count a complete answer and ask again."""
        self.received += data
        if not self.received.startswith(GOOD):
            self.count.failed += 1
            self.transport.abort()
            return
        self.length = self.length or length_of_answer(self.received)
        if self.length and len(self.received) >= self.length:
            self.count.answered += 1
            self.received = b""
            self.transport.write(self.request)


def length_of_answer(start: bytes) -> int:
    """Return the length of an answer, headers included, or 0 while these are not complete."""
    head, separator, _ = start.partition(b"\r\n\r\n")
    lengths = [
        line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    return len(head) + len(separator) + int(lengths[0]) if separator else 0


def requests_per_second(url: str, request: bytes, *, seconds: float, connections: int = 8) -> float:
    """Load one server of this machine for so many seconds and return its rate of good answers.

    Raises:
        ValueError: when the URL is not on this machine or names no port.
        RuntimeError: when an answer was not 200, or the generator was busier than the server.
    """
    host, port = urlsplit(url).hostname, urlsplit(url).port
    if host not in LOCAL or port is None:
        raise ValueError(f"{url} is not a server on this machine: only those are loaded")

    async def run() -> float:
        count = Count()
        loop = asyncio.get_running_loop()
        started, used = time.perf_counter(), time.process_time()
        opened = [
            await loop.create_connection(lambda: Connection(request, count), host, port)
            for _ in range(connections)
        ]
        await asyncio.sleep(seconds)
        passed = time.perf_counter() - started
        share = (time.process_time() - used) / passed
        for transport, _ in opened:
            transport.abort()
        if count.failed:
            raise RuntimeError(f"{count.failed} answers of {url} were not 200")
        if share > BUSIEST:
            raise RuntimeError(f"generator-bound: it used {share:.0%} of its core against {url}")
        return count.answered / passed

    return uvloop.run(run())

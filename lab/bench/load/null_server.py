"""A server that does nothing: a fixed answer to any request, as fast as Python can.

    python -m lab.bench.load.null_server --port 9000 [--size 200]

What the load generator reaches against it is the generator's own ceiling. To test a generator it
can also be slow in a known way: `--wait` answers each request that many seconds later and takes
others meanwhile; `--busy` holds the whole server for that long with each request, so that its
capacity is known; `--stall-every` and `--stall-for` stop the whole server now and then.

The busy time is kept on average: what a crowded machine adds to one request is taken off the next
ones, as far as it is not more than the `--credit`. A server that was idle has that credit as well
and takes the next requests at once, so whoever wants to see a queue asks for none.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from typing import cast

HOST = "127.0.0.1"
CREDIT = 0.05  # seconds
HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


class Slots:
    """Moments at which a busy server has done its next request."""

    def __init__(self, busy: float, credit: float) -> None:
        self._busy = busy
        self._credit = credit
        self._next = 0.0

    def pass_one(self) -> None:
        """Hold the server until the next moment."""
        now = time.perf_counter()
        self._next = max(self._next, now - self._credit) + self._busy
        time.sleep(max(0.0, self._next - now))


class NullProtocol(asyncio.Protocol):
    """One connection: finds the end of each request and writes the same bytes."""

    def __init__(self, answer: bytes, wait: float, slots: Slots | None) -> None:
        self._answer = answer
        self._wait = wait
        self._slots = slots
        self._received = b""
        self._needed = 0  # bytes of the request that is being received, 0 while not known

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self._received += data
        while self._received:
            if not self._needed:
                self._needed = _length_of_request(self._received)
            if not self._needed or len(self._received) < self._needed:
                return
            wants_close = b"\r\nConnection: close" in self._received[: self._needed]
            self._received = self._received[self._needed :]
            self._needed = 0
            self._reply(wants_close)

    def _reply(self, wants_close: bool) -> None:
        if self._slots:
            self._slots.pass_one()
        if self._wait:
            asyncio.get_running_loop().call_later(self._wait, self._write, wants_close)
        else:
            self._write(wants_close)

    def _write(self, wants_close: bool) -> None:
        self._transport.write(self._answer)
        if wants_close:
            self._transport.close()


def _length_of_request(start: bytes) -> int:
    """Return the length of a request, or 0 while its head is not whole."""
    end = start.find(HEAD_END)
    if end < 0:
        return 0
    body = 0
    if not start.startswith(b"GET "):
        head = start[:end].lower()
        if (place := head.find(LENGTH)) >= 0:
            body = int(head[place + len(LENGTH) :].split(b"\r\n", 1)[0])
    return end + len(HEAD_END) + body


def answer_of(size: int) -> bytes:
    """Return an answer whose body has this many bytes."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + b"x" * size


async def serve(options: argparse.Namespace) -> None:
    """Serve until the process is ended."""
    loop = asyncio.get_running_loop()
    answer = answer_of(options.size)
    slots = Slots(options.busy, options.credit) if options.busy else None
    server = await loop.create_server(
        lambda: NullProtocol(answer, options.wait, slots), HOST, options.port, backlog=4096
    )

    def stall() -> None:
        time.sleep(options.stall_for)
        loop.call_later(options.stall_every - options.stall_for, stall)

    if options.stall_every:
        loop.call_later(options.stall_every - options.stall_for, stall)
    async with server:
        await server.serve_forever()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="A server that does nothing.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--size", type=int, default=200, help="bytes of the body (200)")
    parser.add_argument("--wait", type=float, default=0, help="seconds until each answer")
    parser.add_argument("--busy", type=float, default=0, help="seconds that each answer takes")
    parser.add_argument("--credit", type=float, default=CREDIT, help="seconds of that, beforehand")
    parser.add_argument("--stall-every", type=float, default=0, help="seconds of a round")
    parser.add_argument("--stall-for", type=float, default=0, help="seconds of it without work")
    options = parser.parse_args()
    if options.stall_every and not 0 < options.stall_for < options.stall_every:
        parser.error("--stall-for must be above 0 and below --stall-every")
    try:
        import uvloop
    except ImportError:  # not to be had on Windows
        asyncio.run(serve(options))
    else:
        uvloop.run(serve(options))


if __name__ == "__main__":
    main()

"""What the tests of the load generator need: servers that misbehave, and made recordings."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from lab.bench.load.histogram import Distribution
from lab.bench.load.plan import Open, Plan
from lab.bench.load.recording import Generator, Recording, Second

Behaviour = Callable[[socket.socket, int], None]


class ScriptedServer:
    """A server on a free port that does to each connection what a function says."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.connections = 0
        self._behaviour = behaviour
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                connection, _ = self._socket.accept()
                self._open.append(connection)
                number, self.connections = self.connections, self.connections + 1
                threading.Thread(target=self._talk, args=(connection, number), daemon=True).start()

    def _talk(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError), connection:
            self._behaviour(connection, number)

    def close(self) -> None:
        """Take no more, and close what is open."""
        # A thread that waits in accept or recv is woken by a shutdown, not by a close.
        for one in (self._socket, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@pytest.fixture
def scripted() -> Iterator[Callable[[Behaviour], ScriptedServer]]:
    """Return a function that starts a server that behaves as told."""
    servers: list[ScriptedServer] = []

    def start(behaviour: Behaviour) -> ScriptedServer:
        servers.append(ScriptedServer(behaviour))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def read_request(connection: socket.socket) -> bytes:
    """Return the next request without a body; empty when there is none."""
    received = b""
    while not received.endswith(b"\r\n\r\n"):
        if not (more := connection.recv(4096)):
            return b""
        received += more
    return received


def answering(answer: bytes) -> Behaviour:
    """Return the behaviour that answers every request of a connection with these bytes."""

    def talk(connection: socket.socket, _: int) -> None:
        while read_request(connection):
            connection.sendall(answer)

    return talk


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

NO_TIMES = Distribution.of([])


@pytest.fixture
def make_recording() -> Callable[..., Recording]:
    """Return a function that makes a recording of these latencies; other fields by name."""

    def make(latencies: list[float], **changes: object) -> Recording:
        times = Distribution.of(latencies)
        generator = Generator(
            event_loop="uvloop",
            core=1,
            cpu_share=0.2,
            waiting_share=0.0,
            fine_timer=True,
            lag=NO_TIMES,
        )
        fields = {
            "plan": Plan(url="http://127.0.0.1:9", shape=Open(rate=10), seconds=1),
            "generator": generator,
            "started": 1_800_000_000.0,
            "seconds": 1.0,
            "planned": len(latencies),
            "sent": len(latencies),
            "good": len(latencies),
            "wrong_status": 0,
            "statuses": {200: len(latencies)} if latencies else {},
            "errors": {},
            "unanswered": 0,
            "unsent": 0,
            "latency": times,
            "service": times,
            "per_second": (Second(good=len(latencies), bad=0, worst=max(latencies, default=0)),),
            "mean_in_flight": sum(latencies),
            "mean_queued": 0.0,
            "bytes_in": 100 * len(latencies),
            "bytes_out": 50 * len(latencies),
            "connections_opened": 1,
            "connections_opened_before": 0,
        }
        if "generator" in changes and isinstance(changes["generator"], dict):
            changes["generator"] = generator.model_copy(update=changes["generator"])
        return Recording.model_validate({**fields, **changes})

    return make

"""One connection: where an answer ends, and how a request failed. Without any network."""

from __future__ import annotations

import asyncio

import pytest

from lab.bench.load.connection import Connection

WHOLE = {
    "by length": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "in chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\nhello\r\n3;x=y\r\n!!!\r\n0\r\n\r\n"
    ),
    "without a body": b"HTTP/1.1 204 No Content\r\n\r\n",
    "empty": b"HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n",
    "after an interim one": (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 C\r\nContent-Length: 1\r\n\r\n!"
    ),
}


class FakeTransport(asyncio.Transport):
    """Takes what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.aborted = False

    def write(self, data: bytes | bytearray | memoryview[int]) -> None:
        self.written += bytes(data)

    def abort(self) -> None:
        self.aborted = True


class Log:
    """An owner that notes what it is told."""

    def __init__(self) -> None:
        self.bytes_in = 0
        self.events: list[tuple[object, ...]] = []

    def connected(self, _: Connection) -> None:
        self.events.append(("connected",))

    def answered(self, _: Connection, status: int, keeps: bool) -> None:
        self.events.append(("answered", status, keeps))

    def failed(self, _: Connection, error: str) -> None:
        self.events.append(("failed", error))

    def lost(self, _: Connection) -> None:
        self.events.append(("lost",))


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def connection(log: Log) -> Connection:
    """A connection on which a request was sent."""
    made = Connection(log, 0.0, 0.0)
    made.connection_made(FakeTransport())
    made.send(b"GET / HTTP/1.1\r\n\r\n", 1.0, 2.0)
    log.events.clear()
    return made


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_an_answer_ends_where_http_says(
    log: Log, connection: Connection, name: str, piece: int
) -> None:
    answer = WHOLE[name]
    status = {"without a body": 204, "after an interim one": 201}.get(name, 200)
    for _ in range(3):  # on one connection
        for start in range(0, len(answer), piece):
            assert log.events == []
            connection.data_received(answer[start : start + piece])
        assert log.events == [("answered", status, True)]
        assert not connection.busy
        connection.send(b"again", 3.0, 4.0)
        log.events.clear()
    assert log.bytes_in == 3 * len(answer)


@pytest.mark.parametrize(
    ("head", "keeps"),
    [
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n", False),
        (b"HTTP/1.1 200 OK\r\n", True),
        (b"HTTP/1.0 200 OK\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", True),
    ],
)
def test_the_server_says_whether_the_connection_stays(
    log: Log, connection: Connection, head: bytes, keeps: bool
) -> None:
    connection.data_received(head + b"Content-Length: 1\r\n\r\nx")
    assert log.events == [("answered", 200, keeps)]


def test_an_answer_without_length_ends_with_the_connection(
    log: Log, connection: Connection
) -> None:
    connection.data_received(b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\nhello")
    assert log.events == []
    connection.connection_lost(None)
    assert log.events == [("answered", 200, False)]


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nConte",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
@pytest.mark.parametrize(
    ("reason", "error"), [(None, "cut"), (ConnectionResetError(), "reset")], ids=["cut", "reset"]
)
def test_an_answer_that_breaks_off_is_an_error(
    log: Log, connection: Connection, start: bytes, reason: Exception | None, error: str
) -> None:
    if start:
        connection.data_received(start)
    connection.connection_lost(reason)
    assert log.events == [("failed", error)]


@pytest.mark.parametrize(
    "data", [b"not HTTP at all\r\n\r\n", 2 * WHOLE["by length"]], ids=["garbage", "two answers"]
)
def test_what_is_not_one_answer_is_unreadable(
    log: Log, connection: Connection, data: bytes
) -> None:
    transport = connection.transport
    connection.data_received(data)
    assert log.events == [("failed", "unreadable")]
    assert isinstance(transport, FakeTransport)
    assert transport.aborted


def test_an_answer_that_nobody_asked_for_ends_the_connection(
    log: Log, connection: Connection
) -> None:
    connection.data_received(WHOLE["by length"])
    connection.data_received(WHOLE["by length"])
    assert log.events == [("answered", 200, True), ("lost",)]


def test_a_closed_connection_says_nothing_more(log: Log, connection: Connection) -> None:
    connection.close()
    connection.data_received(WHOLE["by length"])
    connection.connection_lost(None)
    assert log.events == []

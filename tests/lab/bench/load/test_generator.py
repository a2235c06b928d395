"""The generator against servers that do known things: every request is counted, and as what it was.

Times are checked only against what the server made them be at least.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest

from lab.bench.load.generator import generate
from lab.bench.load.plan import Closed, Open, Plan, Request, SlowClients
from lab.bench.load.recording import Recording
from lab.bench.load.targets import checked_target
from lab.servers.ports import free_port

from .conftest import OK, Behaviour, ScriptedServer, answering, read_request

Scripted = Callable[[Behaviour], ScriptedServer]
SHAPES = pytest.mark.parametrize("shape", [Open(rate=100), Closed()], ids=["open", "closed"])


def run(url: str, **fields: object) -> Recording:
    """Run a short plan in this process."""
    plan = Plan.model_validate({"url": url, "seconds": 0.3, "timeout": 3, **fields})
    return generate(plan, checked_target(url))


def test_an_open_loop_sends_its_whole_schedule(scripted: Scripted) -> None:
    recording = run(scripted(answering(OK)).url, shape=Open(rate=200), warm_up=0.1, seconds=0.5)
    assert recording.planned == recording.sent == recording.good == 100
    assert recording.statuses == {200: 100}
    assert recording.generator.lag.count == 100
    assert recording.latency.least >= recording.service.least
    assert recording.latency.mean >= recording.service.mean


def test_a_closed_loop_has_every_connection_busy(scripted: Scripted) -> None:
    server = scripted(answering(OK))
    recording = run(server.url, connections=3, warm_up=0.1)
    assert recording.planned == recording.sent == recording.good > 0
    assert server.connections == 3
    assert recording.mean_in_flight == pytest.approx(3, abs=0.3)
    assert recording.mean_queued == pytest.approx(0, abs=0.3)
    assert recording.unanswered == recording.unsent == 0


def test_requests_are_sent_in_turn(scripted: Scripted) -> None:
    seen: list[bytes] = []

    def note(connection: socket.socket, _: int) -> None:
        while request := read_request(connection):
            seen.append(request.split()[1])
            connection.sendall(OK)

    requests = [Request(path="/one"), Request(path="/two", headers={"X-A": "b"})]
    run(scripted(note).url, requests=requests, connections=1, most_requests=5)
    assert seen == [b"/one", b"/two", b"/one", b"/two", b"/one"]


@SHAPES
def test_without_keep_alive_each_request_has_its_own_connection(
    scripted: Scripted, shape: Open | Closed
) -> None:
    wants_close: list[bool] = []

    def note(connection: socket.socket, _: int) -> None:
        while request := read_request(connection):
            wants_close.append(b"\r\nConnection: close\r\n" in request)
            connection.sendall(OK)  # and the client closes

    server = scripted(note)
    recording = run(server.url, shape=shape, keep_alive=False, connections=2)
    assert recording.good == recording.planned > 0
    assert server.connections == recording.sent
    # Those that were just being made when the window ended stood only after it.
    assert recording.connections_opened is not None
    assert recording.sent - 2 <= recording.connections_opened <= recording.sent
    assert all(wants_close)


@SHAPES
def test_a_server_that_closes_after_each_answer_is_obeyed(
    scripted: Scripted, shape: Open | Closed
) -> None:
    closing = OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
    server = scripted(answering(closing))
    recording = run(server.url, shape=shape, connections=2)
    assert recording.good == recording.planned > 0
    assert server.connections == recording.sent


def cut(connection: socket.socket, _: int) -> None:
    """Answer half."""
    read_request(connection)
    connection.sendall(OK[:-1])


def reset(connection: socket.socket, _: int) -> None:
    """Break the connection off."""
    read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def never(connection: socket.socket, _: int) -> None:
    """Do not answer."""
    while connection.recv(4096):
        pass


@SHAPES
@pytest.mark.parametrize(
    ("behaviour", "error"),
    [(cut, "cut"), (reset, "reset"), (never, "timeout"), (answering(b"what?\r\n"), "unreadable")],
)
def test_errors_are_counted_by_kind(
    scripted: Scripted, shape: Open | Closed, behaviour: Behaviour, error: str
) -> None:
    recording = run(scripted(behaviour).url, shape=shape, timeout=0.1)
    assert recording.good == 0
    assert recording.planned > 0
    assert recording.throughput == recording.latency.count == 0
    # What the last timeout of the run itself ends is unanswered.
    assert set(recording.errors) == {error}
    if error != "timeout":
        assert recording.errors == {error: recording.planned}


@SHAPES
def test_nobody_listens(shape: Open | Closed) -> None:
    recording = run(f"http://127.0.0.1:{free_port()}", shape=shape, connections=4)
    assert recording.errors == {"refused": recording.planned}
    assert recording.sent == recording.connections_opened == 0
    # Refusals come at once: a closed loop must not ask as fast as it can.
    assert recording.planned <= 4 * 40


def test_a_status_that_is_not_expected_is_not_good(scripted: Scripted) -> None:
    busy = OK.replace(b"200 OK", b"503 Busy")
    url = scripted(answering(busy)).url
    recording = run(url, shape=Open(rate=100))
    assert (recording.good, recording.wrong_status, recording.latency.count) == (0, 30, 0)
    assert recording.statuses == {503: 30}
    assert run(url, shape=Open(rate=100), expect=503).good == 30


def test_a_stall_is_charged_to_every_request_that_it_delayed(scripted: Scripted) -> None:
    def stall_once(connection: socket.socket, _: int) -> None:
        read_request(connection)
        time.sleep(0.3)
        connection.sendall(OK)
        answering(OK)(connection, 0)

    url = scripted(stall_once).url
    recording = run(url, shape=Open(rate=100), connections=1)
    assert recording.good == 30
    # They were to start evenly over 0.3 s, and none of them could before the end of it: the mean
    # wait is about half of that, while all but one were served at once.
    assert recording.latency.at(50) >= 0.14
    assert recording.service.at(90) < recording.latency.at(50)
    assert recording.mean_queued is not None
    assert recording.mean_queued > 5


def test_what_has_no_answer_at_the_end_is_counted(scripted: Scripted) -> None:
    recording = run(scripted(never).url, shape=Open(rate=100), connections=2, timeout=30 / 100)
    assert recording.planned == 30
    # Two went out, and after their timeout at most two more; all others never did.
    assert recording.sent == recording.errors["timeout"] + recording.unanswered <= 4
    assert recording.unsent == 30 - recording.sent
    assert recording.latency_at(50) == float("inf")


def test_a_closed_loop_ends_with_its_last_request(scripted: Scripted) -> None:
    recording = run(scripted(answering(OK)).url, most_requests=10, seconds=60)
    assert recording.planned == recording.good == 10
    assert recording.seconds < 60


@SHAPES
def test_the_measurement_begins_after_the_warm_up(scripted: Scripted, shape: Open | Closed) -> None:
    seen: list[float] = []

    def note(connection: socket.socket, _: int) -> None:
        while read_request(connection):
            seen.append(time.time())
            connection.sendall(OK)

    server = scripted(note)
    recording = run(server.url, shape=shape, connections=1, warm_up=0.2)
    assert recording.connections_opened_before == server.connections == 1
    assert recording.connections_opened == 0
    assert len(seen) > recording.planned == recording.good


@SHAPES
def test_the_figures_fit_together(scripted: Scripted, shape: Open | Closed) -> None:
    def wait(connection: socket.socket, _: int) -> None:
        while read_request(connection):
            time.sleep(0.02)
            connection.sendall(OK)

    recording = run(scripted(wait).url, shape=shape, warm_up=0.1, seconds=0.6)
    assert recording.service.least >= 0.02
    # Little's law. The mean in flight comes from counting, not from the times. The two differ by
    # what crosses the ends of the window, at most eight requests at each, and by how exactly the
    # ends were met.
    worst = max(second.worst for second in recording.per_second)
    assert worst > 0
    apart = recording.mean_in_flight * recording.seconds - recording.good * recording.service.mean
    assert abs(apart) <= 8 * (worst + recording.service.most + 0.05)
    assert sum(second.good for second in recording.per_second) == pytest.approx(
        recording.good, abs=8
    )
    request = Request().encoded(recording.plan.url.removeprefix("http://"), keep_alive=True)
    assert recording.bytes_out == pytest.approx(recording.sent * len(request), abs=8 * len(request))
    assert recording.bytes_in == pytest.approx(recording.good * len(OK), abs=8 * len(OK))


def test_slow_clients_send_byte_by_byte(scripted: Scripted) -> None:
    pieces: list[int] = []

    def note(connection: socket.socket, _: int) -> None:
        received = b""
        while not received.endswith(b"\r\n\r\n"):
            if not (more := connection.recv(4096)):
                return
            received += more
            pieces.append(len(more))
        connection.sendall(OK)

    slow = SlowClients(count=2, seconds_per_byte=0.001)
    recording = run(scripted(note).url, shape=Open(rate=1), slow_clients=slow, seconds=1.0)
    assert recording.slow is not None
    assert recording.slow.answered >= 1
    assert recording.slow.begun == sum(
        (recording.slow.answered, recording.slow.cut, recording.slow.unfinished)
    )
    assert pieces.count(1) > 20


def test_a_server_that_waits_for_whole_requests_keeps_slow_clients_waiting(
    scripted: Scripted,
) -> None:
    slow = SlowClients(count=3, seconds_per_byte=5)
    recording = run(scripted(answering(OK)).url, slow_clients=slow)
    assert recording.slow is not None
    assert recording.slow.unfinished == recording.slow.begun == 3
    assert recording.good == recording.planned

"""A server that starts, one that does not, and whose port it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from lab import servers
from lab.servers import ports

MakeStack = Callable[..., servers.Stack]

pytestmark = pytest.mark.usefixtures("nothing_left")

GUNICORN = "gunicorn applications:wsgi --bind {host}:{port} --no-control-socket"


def test_a_running_server_answers_and_a_stopped_one_does_not(plain: servers.Stack) -> None:
    with servers.running(plain) as server:
        assert requests.get(server.url, timeout=10).status_code == 200
        assert server.is_alive()
        assert server.pid in {process.pid for process in server.processes()}
        assert "running" in repr(server)

    assert not server.is_alive()
    assert "stopped" in repr(server)
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=10)


def test_the_lines_can_be_read_while_it_runs_and_afterwards(plain: servers.Stack) -> None:
    with servers.running(plain) as server:
        requests.get(f"{server.url}/while-running", timeout=10)
        assert server.lines()[0] == "arguments"
        assert '"GET /while-running HTTP/1.1" 200 -' in server.lines()[-1]

    assert '"GET /while-running HTTP/1.1" 200 -' in server.lines()[-1]


def test_captured_lines_hold_no_colour_codes(
    make_stack: MakeStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as in a notebook's kernel
    program = "import os; raise SystemExit('FORCE_COLOR' in os.environ)"
    with pytest.raises(servers.StartError) as raised:
        servers.start(make_stack(f'python -c "{program}"'))
    assert raised.value.status == 0


def test_placeholders_environment_and_workers_reach_the_server(
    make_stack: MakeStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "7")
    monkeypatch.setenv("PORT", "1")
    stack = make_stack("python serve.py {host} {port} {workers} {other}")
    with servers.running(stack, workers=3) as server:
        assert server.lines()[0] == f"arguments 127.0.0.1 {server.port} 3 {{other}}"

    with servers.running(make_stack(GUNICORN), environment={"GREETING": "good day"}) as server:
        assert requests.get(server.url, timeout=10).text == "good day"
        assert len(server.processes()) == 2  # gunicorn and one worker, whatever the shell says


def test_many_can_start_at_the_same_moment(plain: servers.Stack) -> None:
    started: list[servers.Server] = []
    threads = [
        threading.Thread(target=lambda: started.append(servers.start(plain))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({server.port for server in started}) == 6
    for server in started:
        assert ports.listens(server.processes(), server.port)
    for server in started:
        server.stop()
    assert not any(server.is_alive() for server in started)


def test_a_server_that_ends_at_once_is_reported_with_its_own_last_lines(
    make_stack: MakeStack,
) -> None:
    with pytest.raises(servers.StartError) as raised:
        servers.start(make_stack("uvicorn applications:missing --port {port}"))

    message = str(raised.value)
    assert "A small server (stack 'small') ended with exit status 3" in message
    assert '    ERROR:    Error loading ASGI app. Attribute "missing" not found' in message
    assert "Correct what these lines name" in message
    assert "uvicorn applications:missing --port" in message  # how to see more
    assert raised.value.status == 3


def test_only_the_last_lines_are_shown(make_stack: MakeStack) -> None:
    program = "[print('line', number) for number in range(40)]"
    with pytest.raises(servers.StartError) as raised:
        servers.start(make_stack(f'python -c "{program}"'))

    assert len(raised.value.lines) == 40
    assert "line 24" not in str(raised.value)
    assert "line 25" in str(raised.value)


def test_a_server_that_is_never_ready_is_stopped_and_reported(make_stack: MakeStack) -> None:
    stack = make_stack("gunicorn applications:never_ready -b {host}:{port} --no-control-socket")
    for seconds in (2, 10, 50):
        with pytest.raises(servers.StartError) as raised:
            servers.start(stack, timeout=seconds)
        if "no answer" not in str(raised.value):
            break  # else a busy machine needs longer to start gunicorn itself

    assert f"was not ready after {seconds} s: GET / got status 503" in str(raised.value)
    assert "Listening at" in str(raised.value)


def test_a_missing_program_folder_or_stack_is_named(make_stack: MakeStack, tmp_path: Path) -> None:
    with pytest.raises(servers.StartError, match="there is no program 'no-such-server'"):
        servers.start(make_stack("no-such-server"))
    gone = servers.Stack("gone", "Gone", "python serve.py", directory=tmp_path / "gone")
    with pytest.raises(servers.StartError, match=r"No such file or directory.*gone"):
        servers.start(gone)
    with pytest.raises(ValueError, match=r"no stack 'django'\. Choose one of: fastapi, flask"):
        servers.start("django")


def test_a_given_port_that_is_taken_is_named_with_its_user(plain: servers.Stack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(servers.PortInUseError) as raised:
            servers.start(plain, port=port)

    assert f"cannot use port {port}" in str(raised.value)
    assert f"process {os.getpid()}" in str(raised.value)


# Somebody else who takes a port in the moment between the choice and the start.
QUICKER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


# The one ends at once when its port is taken, the other tries again for a while.
@pytest.mark.parametrize("command", ["python serve.py", GUNICORN], ids=["http.server", "gunicorn"])
def test_another_server_that_was_quicker_is_not_mistaken_for_ours(
    make_stack: MakeStack, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    first, second = servers.free_port(), servers.free_port()
    choices = iter([first, second])
    monkeypatch.setattr(ports, "free_port", lambda: next(choices))
    really_free = ports.is_free
    quicker: list[subprocess.Popen[bytes]] = []

    def is_free(port: int) -> bool:
        answer = really_free(port)
        if port == first and not quicker:
            quicker.append(subprocess.Popen([sys.executable, "-c", QUICKER, str(port)]))
            while really_free(port):
                pass
        return answer

    monkeypatch.setattr(ports, "is_free", is_free)
    try:
        with servers.running(make_stack(command)) as server:
            assert server.port == second
            assert ports.listens(server.processes(), second)
    finally:
        for process in quicker:
            process.kill()
            process.wait()

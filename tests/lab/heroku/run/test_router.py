"""The router: what it passes on, and what it answers when the app does not."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.lab.heroku.run.conftest import LIMITS, NewStage, small
from tests.lab.heroku.run.stage import PATIENCE, Stage

GOOD_LINE = re.compile(
    r'at=info method=POST path="/echo\?a=%20b" host=127\.0\.0\.1:\d+ '
    r'request_id=a-request-with-a-long-name fwd="10\.0\.0\.9, 127\.0\.0\.1" dyno=web\.1 '
    r"connect=\d+ms service=\d+ms status=200 bytes=\d+ protocol=http1\.1 tls=false"
)


def test_a_request_arrives_as_it_was_sent_with_the_router_s_headers(stage: Stage) -> None:
    answer = stage.ask(
        "POST",
        "/echo?a=%20b",
        data="the body",
        headers={
            "X-Request-ID": "a-request-with-a-long-name",
            "X-Forwarded-For": "10.0.0.9",
            "X-Own": "1",
            "Connection": "X-Secret",
            "X-Secret": "for this connection alone",
        },
    )
    found = answer.json()
    assert (found["method"], found["path"], found["body"]) == ("POST", "/echo?a=%20b", "the body")
    headers = found["headers"]
    assert headers["X-Request-Id"] == "a-request-with-a-long-name"
    assert headers["X-Forwarded-For"] == "10.0.0.9, 127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "http"
    assert headers["X-Forwarded-Port"] == stage.url.rpartition(":")[2]
    assert headers["X-Request-Start"].isdecimal()
    assert headers["Via"] == "1.1 heroku-router"
    assert headers["X-Own"] == "1"
    assert headers["Host"] == stage.url.removeprefix("http://")
    assert "X-Secret" not in headers
    assert GOOD_LINE.fullmatch(stage.routed("/echo?a=%20b"))


def test_an_answer_arrives_as_the_app_sent_it(stage: Stage) -> None:
    answer = requests.get(stage.url + "/raw", stream=True, timeout=PATIENCE)
    assert answer.reason == "Fine"
    assert answer.raw.headers.getlist("X-A") == ["1", "2"]
    assert answer.raw.read(decode_content=False) == b"abc"
    assert set(answer.headers) == {"X-A", "Content-Encoding", "Transfer-Encoding", "Via"}


def test_a_request_may_name_the_host_before_the_path(stage: Stage) -> None:
    with socket.create_connection(("127.0.0.1", int(stage.url.rpartition(":")[2]))) as client:
        client.settimeout(PATIENCE)
        client.sendall(b"GET http://some.host/a%2Fb?c=%20 HTTP/1.1\r\nHost: some.host\r\n\r\n")
        assert b"200 OK" in client.recv(100)
    assert "host=some.host" in stage.routed("/a%2Fb?c=%20")


def test_an_answer_without_a_body_has_none(stage: Stage) -> None:
    assert stage.get("/nothing").status_code == 204
    head = stage.ask("HEAD", "/head")
    assert head.headers["Content-Length"] == "12"


def test_a_bad_request_id_is_replaced(stage: Stage) -> None:
    found = stage.get("/id", headers={"X-Request-ID": "too short"}).json()
    assert re.fullmatch(r"[0-9a-f-]{36}", found["headers"]["X-Request-Id"])


def test_the_connection_to_the_dyno_is_kept(stage: Stage) -> None:
    numbers = {stage.get("/kept").json()["connection"] for _ in range(5)}
    assert len(numbers) == 1


def test_a_get_is_repeated_where_the_dyno_has_closed_the_connection_meanwhile(
    stage: Stage,
) -> None:
    for _ in range(5):
        assert stage.get("/leave").ok


def test_an_answer_comes_in_the_pieces_in_which_it_is_sent(stage: Stage) -> None:
    with requests.get(stage.url + "/pieces", stream=True, timeout=PATIENCE) as answer:
        pieces = answer.iter_content(5)
        assert next(pieces) == b"first"
        stage.get("/go-on")  # only now does the app send the rest
        assert next(pieces) == b"other"


def test_a_body_goes_on_in_the_pieces_in_which_it_comes(stage: Stage) -> None:
    def body() -> Iterator[bytes]:
        yield b"a" * 11
        stage.line("read 11 bytes")  # the app has the first piece before there is a second
        yield b"b" * 22

    assert stage.ask("POST", "/upload", data=body()).json()["body"] == "a" * 11 + "b" * 22


def test_h12_comes_when_the_app_is_silent_and_the_app_goes_on(new_stage: NewStage) -> None:
    stage = small(new_stage)
    stage.router.limits = LIMITS.but(first_byte=0.4)
    answer = stage.get("/silent")
    assert answer.status_code == 503
    assert "The app did not answer" in answer.text
    line = stage.routed("/silent")
    assert line.startswith('at=error code=H12 desc="Request timeout" method=GET path="/silent"')
    assert "status=503" in line
    assert line.endswith("(rehearsal: 0.4 s instead of 30 s)")
    stage.router.limits = LIMITS
    stage.get("/go-on")
    stage.line("answered too late")


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/close", "H13", "Connection closed without response"),
        ("/garbage", "H17", "Poorly formatted HTTP response"),
    ],
)
def test_no_answer(stage: Stage, path: str, code: str, words: str) -> None:
    assert stage.ask("POST", path, data="x").status_code == 503
    assert f'at=error code={code} desc="{words}"' in stage.routed(path)


def test_h18_is_half_an_answer(stage: Stage) -> None:
    with pytest.raises(requests.RequestException):
        stage.get("/half")
    line = stage.routed("/half")
    assert line.startswith('sock=backend at=error code=H18 desc="Server Request Interrupted"')
    assert "status=503 bytes=5" in line


def test_h15_is_an_answer_that_does_not_go_on(new_stage: NewStage) -> None:
    stage = small(new_stage)
    stage.router.limits = LIMITS.but(idle=0.4)
    with pytest.raises(requests.RequestException):
        stage.get("/stuck")
    line = stage.routed("/stuck")
    assert 'code=H15 desc="Idle connection"' in line
    assert line.endswith("(rehearsal: 0.4 s instead of 55 s)")


def test_h27_is_a_client_that_left(new_stage: NewStage) -> None:
    stage = small(new_stage)
    with pytest.raises(requests.Timeout):
        requests.get(stage.url + "/silent", timeout=(PATIENCE, 0.3))
    line = stage.routed("/silent")
    assert line.startswith('sock=client at=warning code=H27 desc="Client Request Interrupted"')
    assert "status=499 bytes= " in line


def test_h28_is_a_client_that_says_no_more(stage: Stage) -> None:
    stage.router.limits = LIMITS.but(idle=0.4)
    with socket.create_connection(("127.0.0.1", int(stage.url.rpartition(":")[2]))) as client:
        client.sendall(b"POST /begun HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbeg")
        client.settimeout(PATIENCE)
        assert b"503" in client.recv(100)
    assert "code=H28" in stage.routed("/begun")


def test_without_a_release_there_is_h81(new_stage: NewStage) -> None:
    stage = new_stage()
    assert stage.get("/early").status_code == 503
    assert 'code=H81 desc="Blank app"' in stage.routed("/early")


def test_h20_is_a_dyno_that_takes_too_long_to_start(new_stage: NewStage) -> None:
    stage = new_stage(LIMITS.but(boot_queue=0.4))
    stage.do(stage.formation.release(stage.of("sleep 60")))
    assert stage.get("/waiting").status_code == 503
    line = stage.routed("/waiting")
    assert 'code=H20 desc="App boot timeout"' in line
    assert "dyno= connect= service= status=503 bytes= " in line
    assert line.endswith("(rehearsal: 0.4 s instead of 75 s)")
    stage.do(stage.formation.scale(web=0))
    assert stage.get("/none").status_code == 503
    assert 'code=H14 desc="No web processes running"' in stage.routed("/none")


DEAF = """
import os, socket, time
listener = socket.create_server(("0.0.0.0", int(os.environ["PORT"])), backlog={backlog})
{then}
time.sleep(60)
"""
ANSWER_ONCE = """
connection, _ = listener.accept()
listener.close()
connection.recv(9999)
connection.sendall(b"HTTP/1.1 204 No Content\\r\\nConnection: close\\r\\n\\r\\n")
connection.close()
"""


def test_h21_is_a_dyno_that_refuses_the_connection(new_stage: NewStage) -> None:
    stage = new_stage()
    stage.run(stage.made(DEAF.format(backlog=5, then=ANSWER_ONCE)))
    assert stage.get("/first").ok
    for path in ("/second", "/third"):
        assert stage.get(path).status_code == 503
        line = stage.routed(path)
        assert 'code=H21 desc="Backend connection refused"' in line
        assert re.search(r"dyno=web\.1 connect=\d+ms service= status=503 bytes= ", line)


def test_h19_is_a_dyno_that_does_not_take_the_connection(new_stage: NewStage) -> None:
    stage = new_stage()
    stage.run(stage.made(DEAF.format(backlog=0, then="")))
    dyno = stage.formation.web[0].dyno
    assert dyno is not None
    assert dyno.port is not None
    waiting = [socket.socket() for _ in range(8)]  # they fill the queue of those not yet accepted
    for one in waiting:
        one.setblocking(False)
        one.connect_ex((dyno.address, dyno.port))
    stage.router.limits = LIMITS.but(connect=0.4)
    assert stage.get("/full").status_code == 503
    line = stage.routed("/full")
    for one in waiting:
        one.close()
    assert 'code=H19 desc="Backend connection timeout"' in line
    assert line.endswith("(rehearsal: 0.4 s instead of 5 s)")


def test_two_dynos_share_the_requests_and_a_restart_loses_none(new_stage: NewStage) -> None:
    stage = small(new_stage)
    stage.do(stage.formation.scale(web=2))
    stage.do(stage.formation.settled())
    asked: list[requests.Response] = []
    enough = threading.Event()

    def ask(number: int) -> None:
        while not enough.is_set() and len(asked) < 5000:
            method = ("GET", "POST")[number % 2]
            asked.append(stage.ask(method, f"/load-{number}", data="x" * 2000))

    with ThreadPoolExecutor() as pool:
        asking = [pool.submit(ask, number) for number in range(4)]
        for _ in range(2):
            stage.do(stage.formation.restart())
            stage.do(stage.formation.settled())
        # Each goes to any dyno: on a slow machine the first few may all have gone to the same.
        both = {"web.1", "web.2"}
        stage.wait(
            lambda: both <= {one.json()["dyno"] for one in list(asked) if one.ok}, what="both dynos"
        )
        enough.set()
    for one in asking:
        one.result()
    assert {answer.status_code for answer in asked} == {200}

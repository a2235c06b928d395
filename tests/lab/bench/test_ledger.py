"""The fairness ledger: what differs is said, and what can be seen is not only declared."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil
import pytest

from lab.bench.comparing import STACK_ITSELF
from lab.bench.ledger import NAMES, keeps_alive, loaded_libraries, unequal
from lab.bench.load.plan import Request
from lab.bench.results import Ledger
from tests.lab.bench.sample import ledger


def test_equal_settings_have_nothing_to_say() -> None:
    assert unequal(ledger("flask"), ledger("flask")) == []


def test_a_stack_with_unequal_workers_is_labelled() -> None:
    twelve = ledger("flask", workers=12)
    assert unequal(twelve, ledger("fastapi"), STACK_ITSELF)[0] == ("worker processes: 12 against 1")


def test_what_is_compared_is_not_unequal() -> None:
    assert unequal(ledger("flask"), ledger("fastapi"), NAMES) == []
    named = unequal(ledger("flask"), ledger("fastapi"), STACK_ITSELF)
    assert [text.partition(":")[0] for text in named] == [
        "threads a worker",
        "requests that can wait at once",
    ]


def test_every_setting_of_the_schema_is_compared() -> None:
    assert {"known", *NAMES} == set(Ledger.model_fields)


def test_settings_that_nobody_could_see_are_not_called_equal() -> None:
    foreign = ledger("fastapi", known=False, workers=None)
    for known, both in ((ledger("fastapi"), False), (foreign, True)):
        [said] = unequal(known, foreign, STACK_ITSELF)
        assert said.startswith("settings of both" if both else "settings of the second: unknown")
    closing = ledger("flask", keep_alive=False)
    assert unequal(foreign, closing, STACK_ITSELF) == [
        "settings of the first: unknown, because it was not started here",
        "keep-alive: yes against no",
    ]


@contextmanager
def server(version: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = version

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(("version", "keeps"), [("HTTP/1.1", True), ("HTTP/1.0", False)])
def test_keep_alive_is_probed_by_a_second_request(version: str, keeps: bool) -> None:
    with server(version) as url:
        assert keeps_alive(url, Request()) is keeps


def test_nobody_there_keeps_nothing_alive() -> None:
    with server("HTTP/1.1") as url:
        pass
    assert keeps_alive(url, Request()) is False


def test_compiled_libraries_are_seen_in_the_process() -> None:
    import uvloop

    assert uvloop
    seen = loaded_libraries([psutil.Process()])
    assert seen is None or "uvloop" in seen  # None: not on this system

"""Every server is asked as often as the others, in mixed order, over one connection each."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
import requests

from lab.lessons import time_in_turns
from lab.lessons.turns import WARM_UP


class Counting(http.server.ThreadingHTTPServer):
    """Answers every POST with `status`; remembers the paths asked for and the connections."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.paths: list[str] = []
        self.connections: set[tuple[str, int]] = set()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Counting

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        self.server.connections.add(self.client_address)
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def counting() -> Iterator[Counting]:
    with Counting() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_each_server_gets_its_requests_in_mixed_order(counting: Counting) -> None:
    urls = {name: f"{counting.url}/{name}" for name in ("a", "b")}
    times = time_in_turns(urls, {"inputs": []}, each=30)

    assert {name: len(found) for name, found in times.items()} == {"a": 30, "b": 30}
    assert all(time > 0 for found in times.values() for time in found)
    timed = counting.paths[2 * WARM_UP :]
    assert timed.count("/a") == timed.count("/b") == 30
    assert timed != sorted(timed)
    assert timed != sorted(timed, reverse=True)
    assert len(counting.connections) == 2


def test_an_error_status_is_raised_and_not_timed(counting: Counting) -> None:
    counting.status = 503
    with pytest.raises(requests.HTTPError, match="503"):
        time_in_turns({"a": counting.url}, {"inputs": []}, each=1)

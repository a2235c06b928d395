"""Where the two apps still differ: each case as docs/contract.md says, and none of them a 500."""

from __future__ import annotations

import http.client
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lab import servers

TABLE = Path(__file__).parents[2] / "docs" / "contract.md"

HOST = b"Host: a\r\n"
JSON = HOST + b"Content-Type: application/json\r\n"


def get(path: bytes = b"/docs", headers: bytes = HOST, version: bytes = b"HTTP/1.1") -> bytes:
    """Return a GET, byte for byte."""
    return b"GET " + path + b" " + version + b"\r\n" + headers + b"\r\n"


def post(headers: bytes, body: bytes = b"{}") -> bytes:
    """Return a POST to predict, byte for byte."""
    return b"POST /api/v1/predict HTTP/1.1\r\n" + headers + b"\r\n" + body


# Name in the table: the requests, then the status that each gets from FastAPI and from Flask.
DIVERGENCES: dict[str, tuple[list[bytes], int, int]] = {
    "a request line of 5,000 bytes": ([get(b"/docs?" + b"x" * 5_000)], 200, 414),
    "a header of 9,000 bytes": ([get(headers=HOST + b"X: " + b"x" * 9_000 + b"\r\n")], 200, 431),
    "more than 100 headers": (
        [get(headers=HOST + b"".join(b"X-%d: 1\r\n" % number for number in range(101)))],
        200,
        431,
    ),
    "two headers Content-Type": (
        [post(JSON + JSON[len(HOST) :] + b"Content-Length: 2\r\n")],
        422,
        400,
    ),
    "two headers Host": ([get(headers=HOST + HOST)], 200, 400),
    "an expectation other than 100-continue": (
        [post(JSON + b"Content-Length: 2\r\nExpect: a reply\r\n")],
        422,
        417,
    ),
    "a transfer coding that nobody knows": ([post(JSON + b"Transfer-Encoding: x\r\n")], 400, 501),
    "two slashes at the start of the path": ([get(b"//docs")], 404, 200),
    "a line feed, escaped, at the end of the path": ([get(b"/docs%0A")], 200, 404),
    "a method that HTTP does not know": ([b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n"], 400, 405),
    "CONNECT": ([b"CONNECT a:80 HTTP/1.1\r\n" + HOST + b"\r\n"], 400, 404),
    "HTTP/1.2": ([get(version=b"HTTP/1.2")], 400, 200),
    "HTTP/0.9, or HTTP/2.0 in the form of 1.1": (
        [b"GET /docs\r\n\r\n", get(version=b"HTTP/2.0")],
        200,
        400,
    ),
    "two blanks in the request line": ([b"GET  /docs HTTP/1.1\r\n" + HOST + b"\r\n"], 200, 400),
    "a chunk of the wrong size": (
        [post(JSON + b"Transfer-Encoding: chunked\r\n", b"2\r\n{}{}\r\n0\r\n\r\n")],
        400,
        400,
    ),
    "a Content-Length that is not a number": (
        [post(JSON + b"Content-Length: " + length + b"\r\n") for length in (b"ten", b"-1", b"+2")],
        400,
        400,
    ),
    "two lengths": (
        [
            post(JSON + b"Content-Length: 2\r\n" + other)
            for other in (b"Content-Length: 2\r\n", b"Transfer-Encoding: chunked\r\n")
        ],
        400,
        400,
    ),
    "anything else that is not HTTP": (
        [
            b"get /docs HTTP/1.1\r\n" + HOST + b"\r\n",
            b"GET /docs HTTP/1.1\nHost: a\n\n",
            get("/é".encode()),
            get(headers=HOST + b"X : 1\r\n"),
            get(headers=HOST + b"X: 1\r\n 2\r\n"),
            get(headers=HOST + b"X: \0\r\n"),
            b"\x16\x03\x01\r\n\r\n",
        ],
        400,
        400,
    ),
}


def status_of(server: servers.Server, request: bytes) -> int:
    """Send raw bytes and return the status of the answer."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port or 0), timeout=20) as connection:
        connection.sendall(request)
        line = connection.makefile("rb").readline()
    return int(line.split()[1])


@pytest.mark.parametrize("name", DIVERGENCES)
def test_they_differ_as_documented(
    fastapi_server: servers.Server, flask_server: servers.Server, name: str
) -> None:
    requests, fastapi, flask = DIVERGENCES[name]
    for request in requests:
        statuses = (status_of(fastapi_server, request), status_of(flask_server, request))
        assert statuses == (fastapi, flask), request


def test_the_table_has_these_cases_and_no_others() -> None:
    text = TABLE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (\d{3}) \| (\d{3}) \|", text, re.MULTILINE)
    assert rows == [
        (name, str(fastapi), str(flask)) for name, (_, fastapi, flask) in DIVERGENCES.items()
    ]


def test_of_two_request_ids_one_counts_or_neither(
    fastapi_server: servers.Server, flask_server: servers.Server
) -> None:
    found = []
    for server in (fastapi_server, flask_server):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.putrequest("GET", "/api/v1/health")
        for name in ("first", "second"):
            connection.putheader("X-Request-ID", name)
        connection.endheaders()
        found.append(connection.getresponse().getheader("X-Request-ID"))
        connection.close()
    assert found[0] == "first"
    assert found[1] not in {"first", "second"}

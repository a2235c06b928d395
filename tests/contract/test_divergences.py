"""Where the two apps still differ: each case as docs/contract.md says, and none of them a 500."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lab import servers

TABLE = Path(__file__).parents[2] / "docs" / "contract.md"

# Name in the table: the bytes sent, then the status from FastAPI and from Flask.
DIVERGENCES = {
    "two slashes at the start of the path": (b"GET //docs HTTP/1.1\r\nHost: a\r\n\r\n", 404, 200),
    "a method that HTTP does not know": (b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 400, 405),
    "a Content-Length that is not a number": (
        b"POST /api/v1/predict HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n",
        400,
        400,
    ),
    "a chunk of the wrong size": (
        b"POST /api/v1/predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n",
        400,
        400,
    ),
    "a header of 70,000 bytes": (
        b"GET /docs HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        200,
        431,
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
    request, fastapi, flask = DIVERGENCES[name]
    assert (status_of(fastapi_server, request), status_of(flask_server, request)) == (
        fastapi,
        flask,
    )
    assert f"| {name} | {fastapi} | {flask} |" in TABLE.read_text(encoding="utf-8")

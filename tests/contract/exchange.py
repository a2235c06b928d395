"""One request, byte for byte as given, and what of its answer the two apps must agree on."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

REQUEST_ID = "the-same-for-both"
PREDICT = "/api/v1/predict"
JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """What is sent. A body given as a list of bytes goes out in chunks, without Content-Length."""

    method: str = "POST"
    path: str = PREDICT
    body: bytes | list[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": JSON})


@dataclass(frozen=True)
class Answer:
    """What the contract says of an answer. What servers add, such as Date, is left out."""

    status: int
    media_type: str | None
    allow: str | None
    body: bytes


class Client:
    """One keep-alive connection, opened again when the server has closed it."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url).netloc
        self.connection = http.client.HTTPConnection(self.address, timeout=60)

    def send(self, request: Request) -> Answer:
        """Send a request and return its answer."""
        connection = self.connection
        connection.putrequest(request.method, request.path, skip_accept_encoding=True)
        headers = {"X-Request-ID": REQUEST_ID, **request.headers}
        chunked = isinstance(request.body, list)
        if chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif request.body or request.method in {"POST", "PUT", "PATCH"}:
            headers.setdefault("Content-Length", str(len(request.body)))
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(_parts(request.body), encode_chunked=chunked)
        answer = connection.getresponse()
        return Answer(
            answer.status,
            answer.getheader("Content-Type"),
            answer.getheader("Allow"),
            answer.read(),
        )

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _parts(body: bytes | list[bytes]) -> Iterable[bytes] | bytes | None:
    return iter(body) if isinstance(body, list) else body or None

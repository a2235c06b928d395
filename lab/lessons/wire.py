"""A relay between clients and a server: it notes what travels, and loses or changes answers.

    relay = Relay(server.url)
    requests.get(relay.url + "/api/v1/health", timeout=5)
    print(relay.exchanges[-1].request)

It listens on this computer only. The server sees the client's own headers, but for the address.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from lab.servers.ports import HOST

TIMEOUT = 30  # seconds that the server may take

# What the relay decides anew for each of its two connections. Of an answer, the copy still has the
# length.
LENGTH = "content-length"
ITS_OWN = frozenset({"connection", "keep-alive", "host", LENGTH, "transfer-encoding"})

Headers = Sequence[tuple[str, str]]
# The new status, and a function that makes the new JSON body of the old one.
Rewrite = tuple[int, Callable[[Any], Any]]


@dataclass(frozen=True)
class Exchange:
    """One request as the client sent it, and the answer that it got."""

    method: str
    path: str
    protocol: str
    headers: Headers
    body: bytes
    status: int
    answer_headers: Headers
    answer: bytes
    lost: bool = False

    @property
    def request(self) -> str:
        """The request as the text that travelled."""
        return _text(f"{self.method} {self.path} {self.protocol}", self.headers, self.body)

    @property
    def response(self) -> str:
        """The answer as the text that travelled."""
        title = http.client.responses.get(self.status, "")
        return _text(f"HTTP/1.1 {self.status} {title}", self.answer_headers, self.answer)

    def header(self, name: str) -> str:
        """Return a header of the request, in whatever capitals it was written; "" without one."""
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, "")

    @property
    def header_bytes(self) -> int:
        """How many bytes came before the body of the request: each line ends in two."""
        head = _text(f"{self.method} {self.path} {self.protocol}", self.headers, b"")
        return len(head.encode()) + head.count("\n")


class Relay:
    """Passes requests on to the server at `url`, and its answers back to the client.

    Set `rewrite` to a status and a function of the JSON body, and the client gets that status, and
    what the function returns; other answers than application/json stay. `lose_answers(3)` lets the
    server do its work three times without the client hearing of it.
    """

    def __init__(self, url: str) -> None:
        self.exchanges: list[Exchange] = []
        self.rewrite: Rewrite | None = None
        self.target = urlsplit(url).netloc
        self._to_lose = 0
        self._lock = threading.Lock()
        self._server = _Server(self)
        self.port: int = self._server.server_port
        self.url = f"http://{HOST}:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()

    def __repr__(self) -> str:
        return f"<Relay, {self.url} to http://{self.target}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def lose_answers(self, count: int = 1) -> None:
        """Lose the next answers: the connection ends without them."""
        self._to_lose = count

    def stop(self) -> None:
        """Stop listening. The server behind goes on."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def note(self, exchange: Exchange) -> None:
        """Keep what has travelled. Called by the relay's own threads."""
        with self._lock:
            self.exchanges.append(exchange)

    def loses(self) -> bool:
        """Tell whether this answer is to be lost. Called by the relay's own threads."""
        with self._lock:
            lost = self._to_lose > 0
            self._to_lose -= lost
            return lost


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        super().__init__((HOST, 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep silent: a client may hang up at any time."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def pass_on(self) -> None:
        """Ask the server, note both, and answer. One for all methods."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        relay = self.server.relay
        status, headers, answer = _ask(relay.target, self.command, self.path, self.headers, body)
        if relay.rewrite is not None and _is_json(headers) and answer:
            status, change = relay.rewrite
            answer = json.dumps(change(json.loads(answer)), separators=(",", ":")).encode()
            headers = _with_length(headers, len(answer))
        lost = relay.loses()
        relay.note(
            Exchange(
                self.command,
                self.path,
                self.request_version,
                self.headers.items(),
                body,
                status,
                headers,
                answer,
                lost,
            )
        )
        self.close_connection = True
        if lost:
            return
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ITS_OWN:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the notes are in `exchanges`."""


for _method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
    setattr(_Handler, f"do_{_method}", _Handler.pass_on)


def _ask(
    target: str, method: str, path: str, headers: Message, body: bytes
) -> tuple[int, Headers, bytes]:
    connection = http.client.HTTPConnection(target, timeout=TIMEOUT)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            if name.lower() not in ITS_OWN:
                connection.putheader(name, value)
        if "Content-Length" in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.putheader("Connection", "close")
        try:
            connection.endheaders(body)
            with connection.getresponse() as response:
                kept = [pair for pair in response.getheaders() if _is_kept(pair[0])]
                return response.status, kept, response.read()
        except (OSError, http.client.HTTPException) as error:
            return 502, [("Content-Type", "text/plain")], f"No answer: {error}".encode()


def _is_kept(name: str) -> bool:
    return name.lower() not in ITS_OWN or name.lower() == LENGTH


def _with_length(headers: Headers, length: int) -> Headers:
    return [(name, str(length) if name.lower() == LENGTH else value) for name, value in headers]


def _is_json(headers: Headers) -> bool:
    return ("content-type", "application/json") in {(name.lower(), text) for name, text in headers}


def _text(first: str, headers: Headers, body: bytes) -> str:
    lines = [first, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\n".join(lines) + body.decode(errors="replace")

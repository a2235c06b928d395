"""A server that answers as it is told, for clients that have to survive any answer.

with answering(Reply(503, headers={"Retry-After": "2"}), Reply(200, {"predictions": [1]})) as one:
    ask(one.url)
print(one.asked)
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lab.servers.ports import HOST


@dataclass(frozen=True)
class Reply:
    """One answer: a status, and a body that is text or else becomes JSON."""

    status: int
    body: object = ""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as it travels."""
        return self.body if isinstance(self.body, str) else json.dumps(self.body)


@dataclass(frozen=True)
class Asked:
    """One request that came: its first line, and its body as text."""

    method: str
    path: str
    body: str
    media_type: str


class Scripted(ThreadingHTTPServer):
    """Gives each request the next reply, and the last one to all that are too many.

    A reply of None closes the connection without an answer.
    """

    daemon_threads = True

    def __init__(self, replies: tuple[Reply | None, ...]) -> None:
        super().__init__((HOST, 0), _Handler)
        self.url = f"http://{HOST}:{self.server_port}"
        self.asked: list[Asked] = []
        self._replies = replies
        self._lock = threading.Lock()

    def next_reply(self, asked: Asked) -> Reply | None:
        """Note what was asked and return what to answer."""
        with self._lock:
            self.asked.append(asked)
            return self._replies[min(len(self.asked), len(self._replies)) - 1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep silent: a client may hang up at any time."""


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def answer(self) -> None:
        """Answer a request. One for all methods."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        media_type = self.headers.get("Content-Type", "")
        reply = self.server.next_reply(Asked(self.command, self.path, body, media_type))
        if reply is None:
            return  # HTTP/1.0: the connection is closed now
        self.send_response_only(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.text.encode())))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the notes are in `asked`."""


for _method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
    setattr(_Handler, f"do_{_method}", _Handler.answer)


@contextmanager
def answering(*replies: Reply | None) -> Iterator[Scripted]:
    """Answer with these replies, one after the other, for the length of a `with` block."""
    with Scripted(replies) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

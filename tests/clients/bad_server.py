"""A server that answers as badly as it is told, for clients that have to survive it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterable, Iterator

# What an answer is made of, beside bytes to send.
HANG = "hang"  # send nothing more until the client has gone
DRIP = "drip"  # send a byte every 20 ms until the client has gone
RESET = "reset"  # end the connection with a reset instead of a goodbye

Answer = tuple[bytes | str, ...]


@contextlib.contextmanager
def answering(*answers: Answer) -> Iterator[int]:
    """Answer one connection after the other on a free port, which is yielded.

    Each question is read whole first. The answer is sent piece by piece and the connection closed.
    Connections beyond the answers given are refused.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_answer, args=(listener, answers), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.close()
        thread.join(10)
        assert not thread.is_alive(), "The client asked less often than the test expected."


@contextlib.contextmanager
def each_answering(answers: Iterable[Answer]) -> Iterator[list[int]]:
    """Give each answer on a port of its own, once. The ports are yielded."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(answering(answer)) for answer in answers]


def document(status: str, body: bytes, *headers: str) -> bytes:
    """Return a whole answer with a correct length."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def _answer(listener: socket.socket, answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        try:
            connection, _ = listener.accept()
        except OSError:  # the test is over
            return
        # The client may hang up at any time: that is what is tested.
        with connection, contextlib.suppress(OSError):
            _read_question(connection)
            for piece in answer:
                _send(connection, piece)
    listener.close()


def _read_question(connection: socket.socket) -> None:
    with connection.makefile("rb") as lines:
        length = 0
        for line in iter(lines.readline, b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        lines.read(length)


def _send(connection: socket.socket, piece: bytes | str) -> None:
    if isinstance(piece, bytes):
        connection.sendall(piece)
    elif piece == HANG:
        connection.recv(1)
    elif piece == DRIP:
        connection.settimeout(0.02)
        while True:
            connection.sendall(b"x")
            with contextlib.suppress(TimeoutError):
                connection.recv(1)
                return
    elif piece == RESET:
        linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

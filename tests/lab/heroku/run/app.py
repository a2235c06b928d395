"""A small web process for tests: each path is a way to answer, or not to. Standard library alone.

It is started as a program in a dyno. It speaks HTTP by hand, because that starts quickly and
because servers do not misbehave when asked to.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading

going_on = threading.Event()  # set by /go-on
connections = 0


def main() -> None:
    """Serve on $PORT."""
    global connections
    listener = socket.create_server(("0.0.0.0", int(os.environ["PORT"])), backlog=128)
    while True:
        connection, _ = listener.accept()
        connections += 1
        threading.Thread(target=serve, args=(connection, connections), daemon=True).start()


def serve(connection: socket.socket, number: int) -> None:
    """Answer the requests of one connection."""
    with connection, connection.makefile("rb") as sent:
        while first := sent.readline():
            method, path, _ = first.decode().split()
            headers: dict[str, str] = {}
            while (line := sent.readline().decode().strip()) != "":
                name, _, value = line.partition(":")
                headers[name] = value.strip()
            body = b""
            if "Content-Length" in headers:
                body = sent.read(int(headers["Content-Length"]))
            elif headers.get("Transfer-Encoding") == "chunked":
                while size := int(sent.readline(), 16):
                    body += sent.read(size)
                    sent.readline()
                    say(f"read {len(body)} bytes")
                sent.readline()
            what = {
                "method": method,
                "path": path,
                "headers": headers,
                "body": body.decode(),
                "connection": number,
                "dyno": os.environ["DYNO"],
            }
            if not answer(connection, path.partition("?")[0], what):
                return


def answer(connection: socket.socket, path: str, what: dict[str, object]) -> bool:
    """Answer one request; return whether the connection stays open."""
    if path == "/go-on":
        going_on.set()
    elif path == "/silent":
        going_on.wait()
        say("answered too late")
    elif path == "/close":
        return False
    elif path == "/garbage":
        connection.sendall(b"this is no HTTP\r\n\r\n")
        return False
    elif path in {"/half", "/stuck", "/pieces"}:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
        if path == "/half":
            return False
        going_on.wait()
        connection.sendall(b"other")
        return True
    elif path == "/raw":
        connection.sendall(
            b"HTTP/1.1 200 Fine\r\nX-A: 1\r\nX-A: 2\r\nContent-Encoding: gzip\r\n"
            b"Keep-Alive: timeout=5\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        )
        return True
    elif path == "/nothing":
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        return True
    elif path == "/head":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n")
        return True
    elif path == "/environment":
        what["environment"] = dict(os.environ)
    elif path == "/write":
        what["was there"] = os.path.exists("written.txt")  # noqa: PTH110 - starts quickly
        open("written.txt", "w").close()  # noqa: PTH123
    elif path == "/die":
        os._exit(7)
    send(connection, what)
    return path != "/leave"  # as servers do with a connection that nobody uses for a while


def send(connection: socket.socket, what: dict[str, object]) -> None:
    """Send a whole answer."""
    body = json.dumps(what).encode()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


def say(text: str) -> None:
    """Write a line of the log."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

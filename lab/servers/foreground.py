"""Servers in the foreground: their output in the terminal, until they are told to stop."""

from __future__ import annotations

import functools
import signal
import sys
import time
from collections.abc import Sequence

from lab.servers.browsing import browser_note
from lab.servers.errors import LAST_LINES
from lab.servers.output import Shown
from lab.servers.server import Server, stop_all
from lab.servers.starting import start_together

GRACE = 30.0  # seconds: longer than either server's own limit for the requests in flight
WATCH = 0.2  # seconds between two looks at the servers


class ServerEndedError(RuntimeError):
    """A server ended by itself while it was to run until told to stop."""

    def __init__(self, server: Server) -> None:
        lines = [f"    {line}" for line in server.lines()[-LAST_LINES:]]
        super().__init__(
            "\n".join(
                [
                    f"{server.stack.title} (stack '{server.stack.name}') ended by itself with exit "
                    f"status {server.status}. Its last lines:",
                    *lines,
                    "The other servers were stopped too. Correct what these lines name, then "
                    "start again.",
                ]
            )
        )


def serve(places: Sequence[tuple[str, int]], *, workers: int) -> None:
    """Run servers, each a stack's name and a port, until Ctrl-C or SIGTERM; then stop them.

    Raises StartError when one does not start, ServerEndedError when one ends by itself. Either way
    all are stopped.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    width = max(len(name) for name, _ in places)
    shown = [
        (name, port, functools.partial(Shown, f"{name:<{width}} | " if len(places) > 1 else ""))
        for name, port in places
    ]
    try:
        servers = start_together(shown, workers=workers, grace=GRACE)
        _say("")
        for server in servers:
            _say(f"{server.stack.title}: {server.url}  (its documentation: {server.url}/docs)")
            if note := browser_note(server.url):
                _say(note)
        _say("Stop with Ctrl-C.\n")
        _watch(servers)
    except KeyboardInterrupt:
        _say("\nStopping.")
    finally:
        stop_all()


def _watch(servers: Sequence[Server]) -> None:
    while True:
        for server in servers:
            if not server.is_alive():
                raise ServerEndedError(server)
        time.sleep(WATCH)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

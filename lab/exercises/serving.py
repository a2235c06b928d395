"""Serve an answer for real, and ask it over HTTP."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psutil
import requests

from lab import servers
from lab.exercises.mistakes import line_now, mistake_in
from lab.exercises.outcome import Outcome, State
from lab.exercises.verdicts import BrokenError, NotYetError
from lab.servers import Server, StartError
from lab.servers.programs import program_stack

START_SECONDS: Final = 15.0
ANSWER_SECONDS: Final = 5.0
LOG_SECONDS: Final = 1.0
SERVER_ERRORS: Final = 500
ABORT: Final = getattr(signal, "SIGABRT", None)
LAST_LINES: Final = 6


class Client:
    """Asks a served answer. Every question has a time-out."""

    def __init__(self, server: Server, file: Path) -> None:
        self.url: Final = server.url
        self._server = server
        self._file = file
        self._session = requests.Session()
        self._session.trust_env = False
        self._lines_before = len(server.lines())

    def get(self, path: str, **options: Any) -> requests.Response:
        """Send a GET request, with options as `requests` has them."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        """Send a POST request, with options as `requests` has them."""
        return self.request("POST", path, **options)

    def request(
        self, method: str, path: str, *, allow_5xx: bool = False, **options: Any
    ) -> requests.Response:
        """Send a request and return the answer.

        No answer is *not yet*. So is a status of 500 or more, unless it is allowed; when the
        server's log has the reason, it becomes an error with the line of the learner's code.
        """
        options.setdefault("timeout", ANSWER_SECONDS)
        before = len(self._server.lines())
        try:
            response = self._session.request(method, self.url + path, **options)
        except requests.Timeout:
            message = f"{method} {path} had no answer within {options['timeout']:g} seconds."
            raise self._too_slow(message) from None
        except requests.RequestException as error:
            message = f"{method} {path} had no answer: the connection was closed."
            raise self._failed(message, before) from error
        if response.status_code >= SERVER_ERRORS and not allow_5xx:
            raise self._failed(f"{method} {path} was answered with {response.status_code}.", before)
        return response

    def lines(self) -> list[str]:
        """Return what the server has printed since it was ready."""
        return self._server.lines()[self._lines_before :]

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _too_slow(self, message: str) -> NotYetError:
        """Say where the answer's code is. That ends the server, as it ends the check."""
        if not ABORT:
            return NotYetError(message)
        before = len(self._server.lines())
        for process in self._server.processes():
            with contextlib.suppress(psutil.Error):
                process.send_signal(ABORT)
        deadline = time.monotonic() + LOG_SECONDS
        while time.monotonic() < deadline:
            if line := line_now(self._server.lines()[before:], self._file):
                code = self._file.read_text(encoding="utf-8").splitlines()[line - 1].strip()
                return NotYetError(
                    f"{message} The app was still in this line.", line=line, code=code
                )
            time.sleep(0.05)
        return NotYetError(message)

    def _failed(self, message: str, before: int) -> NotYetError | BrokenError:
        deadline = time.monotonic() + LOG_SECONDS  # a traceback may be printed after the answer
        while time.monotonic() < deadline:
            if found := mistake_in(self._server.lines()[before:], self._file):
                return BrokenError(found.outcome(self._file.read_text(encoding="utf-8"), [message]))
            time.sleep(0.05)
        ended = "" if self._server.is_alive() else " The server ended by itself."
        return NotYetError(message + ended)


@contextmanager
def serve(
    file: Path, server: str, app: str, options: str, environment: Mapping[str, str]
) -> Iterator[Client]:
    """Serve the app of a file for the length of a `with` block."""
    stack = program_stack(file, server, app=app, options=options)
    try:
        variables = {"PYTHONFAULTHANDLER": "1", **environment}  # for Client._too_slow
        started = servers.start(stack, environment=variables, timeout=START_SECONDS, grace=1)
    except StartError as error:
        raise _not_started(error, file, app) from error
    client = Client(started, file)
    try:
        yield client
    finally:
        client.close()
        started.stop(grace=1)


def _not_started(error: StartError, file: Path, app: str) -> NotYetError | BrokenError:
    if found := mistake_in(error.lines, file):
        return BrokenError(found.outcome(file.read_text(encoding="utf-8")))
    text = "\n".join(error.lines)
    if f'Attribute "{app}" not found' in text or f"Failed to find attribute '{app}'" in text:
        return NotYetError(f"There is no `{app}` in your answer for the server to call.")
    if not text.strip():
        return BrokenError(
            Outcome(
                State.ERROR,
                f"The server ended while it loaded your app, without a word (exit status "
                f"{error.status}). Your code ends the program: leave that out.",
            )
        )
    lines = "\n".join(f"    {line}" for line in error.lines[-LAST_LINES:])
    return BrokenError(
        Outcome(State.ERROR, f"The server did not start with your app. Its last lines:\n{lines}")
    )

"""Servers for checks that need not import everything again, as `warm` has processes for them.

A server that is started anew imports for a second. Here it and its guardian are copies of a process
that has done so. They do what they always do: the guardian's own `main` holds the server, and
uvicorn, gunicorn or flask runs with the same command, folder, variables, streams and session.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from lab.servers import guardian
from lab.servers.server import Server

PROGRAMS = {
    "uvicorn": ("uvicorn.main", "main"),
    "gunicorn": ("gunicorn.app.wsgiapp", "run"),
    "flask": ("flask.cli", "main"),
}
MOST_FILES = 256  # that a process has open here


def lend_copies() -> None:
    """Make the servers of this process copies of what it is now: it must have no other threads."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        _lend(theirs)
    theirs.close()
    turn = threading.Lock()
    start = Server._start_guardian

    def start_copy(server: Server, variables: dict[str, str]) -> Any:  # noqa: ANN401 - either kind
        if Path(server.command[0]).name not in PROGRAMS:
            return start(server, variables)
        with turn:
            return Lent(ours, server, variables)

    setattr(Server, start.__name__, start_copy)


class Lent:
    """The guardian of a server as another process's child: what `Server` uses of a Popen."""

    def __init__(self, lender: socket.socket, server: Server, variables: dict[str, str]) -> None:
        asked = [server.command, str(server.stack.directory), variables]
        (leash, hold), (report, say), (self._life, live) = (os.pipe() for _ in range(3))
        given = [leash, say, server._output.descriptor(), live]
        socket.send_fds(lender, [json.dumps(asked).encode() + b"\n"], given)
        for descriptor in (leash, say, live):
            os.close(descriptor)
        self.pid = int(lender.recv(20))
        self.stdin = os.fdopen(hold, "w", encoding="utf-8")
        self.stdout = os.fdopen(report, encoding="utf-8")
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Tell whether it has ended: nobody else holds the other end of its life."""
        return self._end(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        ended = self._end(timeout)
        if ended is None:
            raise subprocess.TimeoutExpired("guardian", timeout or 0)
        return ended

    def kill(self) -> None:
        """Kill it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def _end(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._life], [], [], timeout)[0]:
            os.close(self._life)
            self.returncode = 0
        return self.returncode


def _lend(channel: socket.socket) -> NoReturn:
    """Copy this process for each server that is asked for, until nobody can ask any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for guardians
    try:
        while True:
            asked, given, _, _ = socket.recv_fds(channel, 1 << 16, 4)
            while asked and not asked.endswith(b"\n"):
                asked += channel.recv(1 << 16)
            if not asked:
                break
            pid = os.fork()
            if pid == 0:
                _guard(asked, given)
            for descriptor in given:
                os.close(descriptor)
            channel.sendall(b"%d" % pid)
    finally:
        os._exit(0)


def _guard(asked: bytes, given: Sequence[int]) -> NoReturn:
    """Be the guardian. Its streams are 0 to 2, and 3 is open for as long as it lives."""
    try:
        command, folder, variables = json.loads(asked)
        parent = os.getppid()
        os.setsid()
        for number, descriptor in enumerate(given):
            os.dup2(descriptor, number)
        os.closerange(len(given), MOST_FILES)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(variables)
        guardian.__dict__["subprocess"] = SimpleNamespace(Popen=Copy, DEVNULL=None)
        sys.argv[1:] = [str(parent), *command]
        guardian.main()
    finally:
        os._exit(0)


class Copy:
    """The server as a child of its guardian: what `guardian.main` uses of a Popen."""

    def __init__(self, command: Sequence[str], **_: object) -> None:
        self.status: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _serve(command)

    def poll(self) -> int | None:
        """Return its exit status, None while it runs."""
        return self._wait(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait for its end."""
        return self._wait(0)

    def _wait(self, options: int) -> int | None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, options)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status


def _serve(command: Sequence[str]) -> NoReturn:
    """Be the program of the server, which a new Python would find with nothing done yet."""
    status = 1
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(2, 1)
        os.closerange(3, MOST_FILES)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8")
        if os.environ.get("PYTHONFAULTHANDLER"):
            faulthandler.enable()
        sys.argv = list(command)
        module, name = PROGRAMS[Path(command[0]).name]
        getattr(importlib.import_module(module), name)()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)

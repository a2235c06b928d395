"""One server with its workers, held through its guardian."""

from __future__ import annotations

import atexit
import contextlib
import os
import selectors
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from lab.servers.guardian import KILL_WAIT, end, family
from lab.servers.output import Output
from lab.servers.ports import HOST
from lab.servers.stacks import Stack

GUARDIAN = Path(__file__).with_name("guardian.py")

# Notebooks set these for the programs they start. Captured lines are no place for colour codes.
COLOUR_SWITCHES = frozenset({"FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR"})


class Server:
    """A server that was started. Made by `servers.start` and `servers.running`."""

    def __init__(
        self,
        stack: Stack,
        *,
        port: int,
        workers: int,
        environment: Mapping[str, str],
        grace: float,
        output: Output,
    ) -> None:
        self.stack = stack
        self.port = port
        self.url = f"http://{HOST}:{port}"
        self.command = tuple(stack.arguments(host=HOST, port=port, workers=workers))
        self.pid = 0
        self.status: int | None = None
        self._guardian: subprocess.Popen[str] | None = None
        self._grace = grace
        self._output = output
        self._owner = os.getpid()
        self._process: psutil.Process | None = None
        _running.add(self)
        try:
            self._guardian = self._start_guardian(_variables(stack, port, workers, environment))
            self._take_pid()
        except BaseException:
            self.stop(grace=0)
            raise
        finally:
            output.handed_over()

    def __repr__(self) -> str:
        state = "running" if self.is_alive() else "stopped"
        return f"<{self.stack.title}, {self.url}, process {self.pid}, {state}>"

    def is_alive(self) -> bool:
        """Tell whether the server runs. After its end, `status` is its exit status.

        The status is negative when a signal ended the server.
        """
        if self._guardian is None:
            return False
        if self._guardian.poll() is None:
            return True
        self._take_status(self._guardian)
        return False

    def lines(self) -> list[str]:
        """Return what the server has printed so far, also after its end."""
        return self._output.lines()

    def processes(self) -> set[psutil.Process]:
        """Return the server's live processes: itself and its workers."""
        return set() if self._process is None else family(self._process)

    def stop(self, *, grace: float | None = None) -> None:
        """Stop the server and all its workers, and return when they are gone.

        It may finish the requests in flight for `grace` seconds (those it was started with unless
        given) and is killed after that. Stopping a stopped server does nothing.
        """
        grace = self._grace if grace is None else grace
        self.ask_to_stop(grace)
        self._wait(grace)

    def ask_to_stop(self, grace: float | None = None) -> None:
        """Let the guardian stop the server as `stop` does, and do not wait for it."""
        grace = self._grace if grace is None else grace
        if os.getpid() != self._owner:
            return  # a forked copy of the owner must not stop its servers
        _running.discard(self)
        leash = None if self._guardian is None else self._guardian.stdin
        if leash is None or leash.closed:
            return
        with contextlib.suppress(OSError):  # the guardian may have ended already
            leash.write(f"{grace}\n")
            leash.flush()
        with contextlib.suppress(OSError):
            leash.close()

    def _wait(self, grace: float) -> None:
        if self._guardian is None or os.getpid() != self._owner:
            return
        limit = grace + 2 * KILL_WAIT
        if self._guardian.stdout is not None and not self._guardian.stdout.closed:
            # It says the status and ends: wait() alone would look only twenty times a second.
            with selectors.DefaultSelector() as report:
                report.register(self._guardian.stdout, selectors.EVENT_READ)
                report.select(limit)
        try:
            self._guardian.wait(limit)
        except subprocess.TimeoutExpired:
            self._guardian.kill()
            self._guardian.wait()
        self._take_status(self._guardian)
        if self._process is not None:
            end(self._process, grace)  # in case somebody killed the guardian

    def _start_guardian(self, variables: dict[str, str]) -> subprocess.Popen[str]:
        # An exception inside Popen closes the leash as well, and so ends the guardian.
        return subprocess.Popen(
            [sys.executable, "-I", str(GUARDIAN), str(self._owner), *self.command],
            cwd=self.stack.directory,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._output.descriptor(),
            text=True,
            start_new_session=True,
        )

    def _take_pid(self) -> None:
        report = None if self._guardian is None else self._guardian.stdout
        words = [] if report is None else report.readline().split()
        if words[:1] == ["pid"]:
            self.pid = int(words[1])
            with contextlib.suppress(psutil.NoSuchProcess):  # it may have ended already
                self._process = psutil.Process(self.pid)

    def _take_status(self, ended: subprocess.Popen[str]) -> None:
        if ended.stdout is None or ended.stdout.closed:
            return
        self.status = ended.returncode
        with ended.stdout as report:
            for line in report:
                name, number = line.split()
                if name == "status":
                    self.status = int(number)
        self._output.ended()
        self.ask_to_stop(0)  # closes the leash of a server that ended by itself


_running: set[Server] = set()


@atexit.register
def stop_all() -> None:
    """Stop every server that this process has started. Also runs when the process ends."""
    servers = list(_running)
    for server in servers:
        server.ask_to_stop()
    for server in servers:
        server.stop()


def _variables(
    stack: Stack, port: int, workers: int, environment: Mapping[str, str]
) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in COLOUR_SWITCHES}
    return {
        **own,
        "PYTHONUNBUFFERED": "1",  # so that lines can be read as soon as they are printed
        **stack.environment,
        **environment,
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
    }

"""Processes for checks that need not import everything again.

A new Python imports the workbench and the frameworks for a second before a check begins. Here one
process imports them once and copies itself for each check (fork). The answer still has a process of
its own, which `lab.exercises.runner` ends as always, so nothing of one answer reaches the next.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from lab.exercises.separate import MORE_SECONDS
from lab.exercises.source import Exercise

# Not loguru: it takes the standard error of the moment at which it is imported.
IMPORTED = (
    "fastapi",
    "fastapi.responses",
    "flask",
    "pydantic",
    "requests",
    "asyncio",
    "statistics",
)


class Warm:
    """The process that is copied, and the way to it."""

    def __init__(self) -> None:
        # -P as in `separate`: what lies beside the answer must not stand in for a module.
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            bufsize=0,  # what has been said must not wait in a buffer, out of sight of select
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, exercise: Exercise, answer: Path, result: Path) -> int | None:
        """Check an answer, as `lab.exercises.separate.Run` says."""
        assert self._process.stdin is not None
        arguments = [str(exercise.file), str(answer), str(result)]
        self._process.stdin.write(json.dumps(arguments).encode() + b"\n")
        pid = int(self._line())
        ended = self._has_said_more(exercise.seconds + MORE_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)  # also what the answer has started
        status = int(self._line())
        return status if ended else None

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _has_said_more(self, seconds: float) -> bool:
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], seconds)[0])

    def _line(self) -> bytes:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def main() -> None:
    """Copy this process for each line of standard input, until that ends."""
    from lab.exercises import runner

    for name in IMPORTED:
        __import__(name)
    gc.freeze()  # what is shared is not copied for the sake of collecting garbage
    for line in sys.stdin.buffer:
        arguments = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _check(arguments, runner.main)
        _say(pid)
        _say(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _check(arguments: list[str], check: Callable[[], None]) -> NoReturn:
    """Be what `separate` starts: its folder, its session, its standard streams, its arguments."""
    try:
        os.setsid()
        os.chdir(Path(arguments[1]).parent)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        sys.argv[1:] = arguments
        check()
    finally:
        os._exit(1)  # never back into the loop


def _say(number: int) -> None:
    os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    main()

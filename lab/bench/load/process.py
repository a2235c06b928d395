"""Runs the generator as a process of its own, on a core of its own, which never outlives us."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from lab.bench.load.plan import Plan
from lab.bench.load.recording import Recording
from lab.bench.load.targets import checked_target

ROOT = Path(__file__).resolve().parents[3]
MARGIN = 30.0  # seconds for Python's start and for the sums, on a busy machine


class LoadError(RuntimeError):
    """The generator did not do its work. Says why."""


def run(plan: Plan, core: int | None = None, *, owned: Sequence[str] = ()) -> Recording:
    """Put the load of a plan on a server and return what it has met.

    The generator runs as `python -m lab.bench.load`, pinned to `core` where the system can do
    that; `recording.generator.core` says whether it could. It is ended whatever happens here.
    `owned` names hosts other than this machine that are the user's own.

    Raises TargetError for a server that must not be put under load, LoadError when the generator
    ends early or does not end.
    """
    checked_target(plan.url, owned=owned)
    command = [sys.executable, "-m", "lab.bench.load"]
    command += [] if core is None else ["--core", str(core)]
    command += [word for host in owned for word in ("--i-own", host)]
    return Recording.model_validate_json(ask(command, plan.model_dump_json(), plan.most_seconds))


def ask(
    command: Sequence[str],
    line: str,
    seconds: float,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a program that reads one line and answers with one. Return the answer.

    The program's standard input stays open: its end tells the program that we are gone. It has
    `seconds` and a margin. `variables` is its environment, ours unless given.

    Raises LoadError when it fails.
    """
    program = subprocess.Popen(
        command,
        cwd=ROOT,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for us: we end the program
    )
    assert program.stdin is not None
    assert program.stdout is not None
    errors: list[str] = []
    reader = threading.Thread(target=lambda: errors.extend(program.stderr or []), daemon=True)
    # A read has no timeout of its own: the end of the program ends it.
    overdue = threading.Event()

    def give_up() -> None:
        overdue.set()
        program.kill()

    watchdog = threading.Timer(seconds + MARGIN, give_up)
    watchdog.daemon = True
    try:
        reader.start()
        watchdog.start()
        with contextlib.suppress(BrokenPipeError):  # it ended early, and its errors say why
            program.stdin.write(line + "\n")
            program.stdin.flush()
        answer = program.stdout.read()
        status = program.wait()
    finally:
        watchdog.cancel()
        program.kill()
        program.wait()
        reader.join(1)
        for stream in (program.stdin, program.stdout, program.stderr):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
    if overdue.is_set():
        raise LoadError(f"the load generator did not end within {seconds + MARGIN:.0f} s")
    if status:
        raise LoadError(f"the load generator ended with status {status}: {''.join(errors[-5:])}")
    if not answer.endswith("\n"):
        raise LoadError(f"the load generator's answer broke off after {len(answer):,} characters")
    return answer

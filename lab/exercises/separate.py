"""Check an answer in a process of its own, and come back whatever the answer does."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from lab.exercises.outcome import Outcome, State
from lab.exercises.source import Exercise

# For an answer that keeps Python itself from running: the process ends itself before that.
MORE_SECONDS: Final = 5.0

# Checks the answer in the first file, has the second one written, and returns the exit status of
# the process: None when it had to be stopped.
Run = Callable[[Exercise, Path, Path], int | None]


def check_answer(exercise: Exercise, text: str, run: Run | None = None) -> Outcome:
    """Return what the check of an exercise says of an answer's text. Leaves nothing running.

    `run` is another way to a process of its own than a new Python.
    """
    if is_stub(exercise, text):
        return Outcome(State.NOT_ATTEMPTED)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        answer = Path(folder).resolve() / "answer.py"
        answer.write_text(text, encoding="utf-8")
        result = answer.with_name(".result.json")
        status = (run or _run)(exercise, answer, result)
        if result.exists():
            return Outcome.from_fields(json.loads(result.read_text(encoding="utf-8")))
    if status is None:
        return Outcome(
            State.ERROR, f"It still ran after {exercise.seconds:g} seconds, and was stopped."
        )
    return Outcome(
        State.ERROR,
        f"Your code ended the whole Python process (exit status {status}), so nothing could be "
        "checked. Leave out what ends it, such as os._exit.",
    )


def is_stub(exercise: Exercise, text: str) -> bool:
    """Tell whether a text says no more than the stub. Comments and blank lines do not count."""
    try:
        return ast.dump(ast.parse(text)) == ast.dump(ast.parse(exercise.stub))
    except (SyntaxError, ValueError):
        return False


def _run(exercise: Exercise, answer: Path, result: Path) -> int | None:
    """Check in a new Python, as `Run` says."""
    # -P: what lies beside the answer must not stand in for a module of the workbench.
    command = [sys.executable, "-P", "-m", "lab.exercises.runner", str(exercise.file)]
    process = subprocess.Popen(
        [*command, str(answer), str(result)],
        cwd=answer.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(exercise.seconds + MORE_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # also what the answer has started
        process.wait()

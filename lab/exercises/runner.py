"""Check one answer, in a process of its own: `python -m lab.exercises.runner EXERCISE FILE RESULT`.

The answer runs here, so an endless loop, `sys.exit` or a crash ends this process and no other. What
came out is written to the file RESULT as JSON; `separate` reads it. When the time is up, a thread
writes where the answer was, and ends the process. Servers that the check has started end with it,
because their guardians see its end.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from lab.exercises.checking import Answer
from lab.exercises.mistakes import mistake
from lab.exercises.outcome import Outcome, State
from lab.exercises.source import Exercise, read_exercise
from lab.exercises.verdicts import BrokenError, NotYetError

MOST_PRINTED: Final = 100_000


class Printed(io.StringIO):
    """Takes what the answer prints, and forgets what is too much."""

    def write(self, text: str) -> int:
        """Keep the text while there is room."""
        if self.tell() < MOST_PRINTED:
            super().write(text)
        return len(text)


def outcome_of(exercise: Exercise, answer: Answer) -> Outcome:
    """Run the check of an exercise on an answer."""
    try:
        check_function(exercise)(answer)
    except (NotYetError, BrokenError) as verdict:
        return verdict.outcome
    except BaseException as error:  # a learner's code may raise anything, SystemExit as well
        return _of_exception(error, answer)
    return Outcome(State.PASSED)


def check_function(exercise: Exercise) -> Callable[[Answer], None]:
    """Return the function `check` of an exercise's source, with the source's own line numbers."""
    text = "\n" * (exercise.check.line - 1) + exercise.check.text
    namespace: dict[str, object] = {"__name__": f"check_{exercise.number.replace('.', '_')}"}
    exec(compile(text, exercise.file, "exec", dont_inherit=True), namespace)
    check = namespace.get("check")
    assert callable(check), f"{exercise.file} has no function `check` in its cell 'check'"
    function: Callable[[Answer], None] = check
    return function


def _of_exception(error: BaseException, answer: Answer) -> Outcome:
    found = mistake(error, answer.file)
    notes = getattr(error, "__notes__", [])
    if found.kind == "JSONDecodeError" and not found.line:
        return Outcome(State.NOT_YET, "JSON was wanted, and what your answer gave is not JSON.")
    if not found.line and not isinstance(error, SystemExit):
        notes = ["Your answer led the check to this error.", *notes]
    return found.outcome(answer.source, notes)


class Result:
    """The one result of this process: whoever is first writes it and ends the process."""

    def __init__(self, file: Path, printed: Printed) -> None:
        self._file = file
        self._printed = printed
        self._first = threading.Lock()

    def deliver(self, outcome: Outcome) -> None:
        """Write the outcome and end the process, whatever threads still run."""
        self._first.acquire()
        fields = {**outcome.fields(), "printed": self._printed.getvalue()}
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(fields), encoding="utf-8")
        part.replace(self._file)
        os._exit(0)


def _time_is_up(result: Result, answer: Answer, seconds: float, thread: int) -> None:
    frame = sys._current_frames().get(thread)
    while frame is not None and frame.f_code.co_filename != str(answer.file):
        frame = frame.f_back
    line = frame.f_lineno if frame is not None else 0
    lines = answer.source.splitlines()
    message = f"It was still running after {seconds:g} seconds, and was stopped."
    if line:
        message = (
            f"Your code was still running here after {seconds:g} seconds, and was stopped. Is "
            "there a loop that never ends, or a wait that is too long?"
        )
    code = lines[line - 1].strip() if line else ""
    result.deliver(Outcome(State.ERROR, message, line=line, code=code))


def main() -> None:
    """Check the answer that the command line names."""
    source, answer_file, result_file = sys.argv[1:]
    exercise = read_exercise(Path(source))
    printed = Printed()
    answer = Answer(Path(answer_file))
    result = Result(Path(result_file), printed)
    watchdog = threading.Timer(
        exercise.seconds,
        _time_is_up,
        (result, answer, exercise.seconds, threading.get_ident()),
    )
    watchdog.daemon = True
    watchdog.start()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        outcome = outcome_of(exercise, answer)
    result.deliver(outcome)


if __name__ == "__main__":
    main()

"""Notice when an answer is saved.

The system announces changes, but not on every file system: on network folders and in some virtual
machines nothing is ever announced. So a change is made on purpose first; when nobody announces it,
the files are looked at again and again (polling), and the learner is told.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import watchfiles

from lab.exercises.catalogue import exercises
from lab.exercises.source import Exercise
from lab.exercises.workspace import answer_file, workspace

PROBE_MILLISECONDS: Final = 2_000
POLL_MILLISECONDS: Final = 500
POLLING: Final = "No changes are announced here: the files are looked at twice a second (polling)."


def watch(*, polling: bool, say: Callable[[str], None]) -> Iterator[Exercise]:
    """Yield an exercise each time that its answer was saved. Ends with KeyboardInterrupt."""
    folder = workspace() / "exercises"
    folder.mkdir(parents=True, exist_ok=True)
    polling = polling or not announces_changes(folder)
    if polling:
        say(POLLING)
    say("Watching exercises/. Save a file to have it checked. Stop with Ctrl-C.")
    by_file = {answer_file(exercise).resolve(): exercise for exercise in exercises()}
    for changes in watchfiles.watch(
        folder,
        force_polling=polling,
        poll_delay_ms=POLL_MILLISECONDS,
        raise_interrupt=True,
    ):
        saved = {Path(path).resolve() for change, path in changes if change.name != "deleted"}
        yield from (exercise for file, exercise in by_file.items() if file in saved)


def announces_changes(folder: Path) -> bool:
    """Tell whether the system announces that a file in the folder has changed."""
    probe = folder / ".watch-probe"
    maker = threading.Timer(0.2, probe.touch)
    maker.start()
    try:
        for changes in watchfiles.watch(
            folder,
            watch_filter=None,
            rust_timeout=PROBE_MILLISECONDS,
            yield_on_timeout=True,
            force_polling=False,
        ):
            return bool(changes)
        return False
    finally:
        maker.join()
        with contextlib.suppress(OSError):
            probe.unlink()

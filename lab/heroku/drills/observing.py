"""A copy is deployed in a rehearsal of its own, the acts are done, and what is seen is kept."""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lab.heroku import facts, rehearsal
from lab.heroku.control import silent
from lab.heroku.drills.acts import Seen
from lab.heroku.drills.drill import Drill
from lab.heroku.home import NAME, RehearsalError
from lab.heroku.preflight.git import git
from lab.heroku.rehearsal import PATIENCE, POLL, Rehearsal
from lab.heroku.scratch import commit_files

CODES = re.compile(r"\bcode=(H\d\d)\b|\bError (R\d\d)\b")
CRASHED = re.compile(r"heroku\[(\w+\.\d+)\]: State changed from \w+ to crashed")
ERROR = re.compile(r"^remote:  !     (Error: .*|Push rejected.*|.* is too large .*)$")


@dataclass(frozen=True)
class Observation:
    """What came of a deploy."""

    accepted: bool
    push: tuple[str, ...]
    log: tuple[str, ...]
    seen: tuple[Seen, ...]

    def shows(self, drill: Drill) -> bool:
        """Tell whether the drill's code is there."""
        return any(map(drill.sign.search, self.push if drill.is_of_the_build else self.log))

    def told(self, *, bad_only: bool = False) -> list[str]:
        """Return what was seen from outside, a line for each thing and how often it was."""
        counts = Counter(one.what for one in self.seen if not (bad_only and one.good))
        return [
            f"{what}{f' ({number} of {len(self.seen)})' if number > 1 else ''}."
            for what, number in counts.items()
        ]

    @property
    def problems(self) -> list[str]:
        """What is not as it should be; nothing of a healthy copy."""
        if not self.accepted:
            errors = [error[1] for line in self.push if (error := ERROR.match(line))]
            said = errors[0] if errors else ""
            return [f"The push is refused. {said}".rstrip()]
        found = self.told(bad_only=True)
        found += [f"{dyno} crashes." for dyno in sorted(_crashed(self.log))]
        for code in dict.fromkeys(_codes(self.log)):
            found.append(f"{code} ({facts.platform().code_of(code).text}) stands in the log.")
        return found


def make(drill: Drill, folder: Path, *, mended: bool = False) -> None:
    """Commit the files of a drill in a folder: broken, or mended."""
    commit_files(drill.mended if mended else drill.files, folder, _message(drill))
    if not mended:
        for path, text in drill.not_committed.items():
            (folder / path).write_text(text, encoding="utf-8")


def is_made_for(drill: Drill, folder: Path) -> bool:
    """Tell whether a folder is a copy that was made for a drill, by its first commit."""
    if not (folder / ".git").is_dir():
        return False
    subjects = git(folder, "log", "--format=%s").decode().splitlines()
    return subjects[-1:] == [_message(drill)]


def _message(drill: Drill) -> str:
    return f"Drill {drill.called}"


def observe(
    drill: Drill, folder: Path, *, to_show: bool = False, tell: Callable[[str], None] = silent
) -> Observation:
    """Deploy what is committed in a folder, do what belongs to the drill, and stop all of it.

    With `to_show` it waits until the drill's code is in the log. `tell` gets the lines of the push.

    Raises:
        RehearsalError: when the folder cannot be deployed at all, or the code does not come.
    """
    with tempfile.TemporaryDirectory(prefix="drill-") as place:
        stage = rehearsal.start(
            folder,
            speed=drill.speed,
            home=Path(place) / NAME,
            slug_limit_megabytes=drill.slug_limit_megabytes,
            memory_megabytes=drill.megabytes,
            made_from_app_json=drill.is_of_the_build,
        )
        with stage:
            push = stage.push(tell=tell)
            seen = _act(drill, stage) if push.accepted else []
            if push.accepted and to_show:
                _wait_for_sign(drill, stage)
            lines = tuple(stage.lines())
    return Observation(push.accepted, tuple(push.output.splitlines()), lines, tuple(seen))


def _act(drill: Drill, stage: Rehearsal) -> list[Seen]:
    if drill.waits:
        _settle(stage)
    return [seen for act in drill.acts for seen in act.do(stage)]


def _settle(stage: Rehearsal) -> None:
    """Wait until every dyno is up, or one has crashed."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if all(one["state"] == "up" for one in stage.ps()) or _crashed(stage.lines()):
            return
        time.sleep(POLL)
    raise RehearsalError("The dynos are neither up nor crashed.")


def _wait_for_sign(drill: Drill, stage: Rehearsal) -> None:
    deadline = time.monotonic() + PATIENCE
    while not any(map(drill.sign.search, stage.lines())):
        if time.monotonic() > deadline:
            raise RehearsalError(f"{drill.code} did not come into the log.")
        time.sleep(POLL)
    if drill.until:
        stage.wait_for(drill.until)


def _codes(lines: tuple[str, ...]) -> list[str]:
    return [found[1] or found[2] for line in lines if (found := CODES.search(line))]


def _crashed(lines: tuple[str, ...] | list[str]) -> set[str]:
    return {found[1] for line in lines if (found := CRASHED.search(line))}

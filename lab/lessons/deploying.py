"""What lesson 08 shows: a copy to deploy, the lines of a log, codes and prices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lab.exercises.learner_copy import make_copy
from lab.heroku import facts, rehearsal
from lab.heroku.preflight.git import git
from lab.lessons.throwaway import Throwaway

LINE: Final = re.compile(r"(?P<time>\S+) (?P<source>app|heroku)\[(?P<dyno>[^\]]+)\]: (?P<text>.*)")
_places: list[Throwaway] = []
_stages: list[rehearsal.Rehearsal] = []


def own_copy() -> Path:
    """Return a new copy of the workbook as it is committed, with your answers, as `lab init` does.

    It lies in a folder for temporary files, and goes with `close_all` or with this notebook.
    """
    close_all()
    place = Throwaway("deploying-")
    _places.append(place)
    copy = place.path / "my-copy"
    make_copy(copy)
    return copy


def rehearse(copy: Path) -> rehearsal.Rehearsal:
    """Start the rehearsal of a copy, and stop the one before: so that a cell can be run again."""
    _stop_stages()
    stage = rehearsal.start(copy)
    _stages.append(stage)
    return stage


def close_all() -> None:
    """Stop the rehearsal, and throw the copy away."""
    _stop_stages()
    while _places:
        _places.pop().discard()


def _stop_stages() -> None:
    while _stages:
        _stages.pop().stop()


def change(copy: Path, path: str, old: str, new: str, message: str) -> None:
    """Replace a text in a file of the copy, and commit that file.

    Raises:
        ValueError: when the old text is not in it.
    """
    file = copy / path
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path} has no {old!r}. Is the change made already?")
    file.write_text(text.replace(old, new), encoding="utf-8")
    commit(copy, path, message)


def commit(copy: Path, path: str, message: str, *options: str) -> None:
    """Commit one file of the copy, as whoever owns the copy or, without a name, as Learner."""
    known = git(copy, "config", "--default", "", "user.email").strip()
    who = () if known else ("-c", "user.name=Learner", "-c", "user.email=learner@localhost")
    git(copy, "add", "--", path)
    git(copy, *who, "commit", "--quiet", "--message", message, *options)


def shorter(lines: Iterable[str]) -> str:
    """Return lines of a log with the time of day alone, and without what differs each time."""
    found = []
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            found.append(line)
            continue
        text = re.sub(r' (host|request_id|fwd|protocol|tls)=("[^"]*"|\S*)', "", match["text"])
        found.append(f"{match['time'][11:23]} {match['source']}[{match['dyno']}]: {text}")
    return "\n".join(found)


def codes_table(*codes: str) -> str:
    """Return what each of these codes means, a line each."""
    known = facts.platform()
    rows = [known.code_of(code) for code in codes]
    width = max(len(one.text) for one in rows)
    return "\n".join(f"{one.code}  {one.text:{width}}  {one.means}" for one in rows)


def prices_table() -> str:
    """Return what each size of dyno has and costs a month, with the source of the figures."""
    known = facts.platform()
    rows = ["size           memory    dollars a month"]
    for one in known.dyno:
        sleeps = ", for 1,000 hours; sleeps when nobody asks" if one.sleeps else ""
        rows.append(f"{one.size:14} {one.megabytes:5} MB  {one.dollars:4}{sleeps}")
    return "\n".join(
        [*rows, f"Source: {known.prices.source}; confidence {known.prices.confidence}."]
    )

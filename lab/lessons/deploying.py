"""What lesson 08 shows: a copy to deploy, the lines of a log, and a session as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from lab.exercises.learner_copy import make_copy
from lab.heroku import facts, rehearsal
from lab.heroku.preflight.git import git
from lab.lessons.picture import INK, QUIET
from lab.lessons.throwaway import Throwaway

LINE: Final = re.compile(r"(?P<time>\S+) (?P<source>app|heroku)\[(?P<dyno>[^\]]+)\]: (?P<text>.*)")
STATE: Final = re.compile(r"State changed from \w+ to (\w+)")
RELEASE: Final = re.compile(r"Release (v\d+) created")
STATUS: Final = re.compile(r" status=(\d+) ")
SERVER_ERRORS: Final = 500

# Told apart by pattern and by the text inside; the colours are for those who see them.
STATES: Final = {
    "starting": ("#f0d9a8", "//"),
    "up": ("#9ed3c4", ""),
    "crashed": ("#e9a79a", "xx"),
}

# The names of releases: how high they stand, and how much of the width one takes.
HEIGHTS: Final = (-0.7, -1.1)
NAME_WIDTH: Final = 0.04

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


@dataclass(frozen=True)
class Stay:
    """A dyno in one state, from a second of the session to another."""

    dyno: str
    state: str
    begin: float
    end: float


@dataclass(frozen=True)
class Session:
    """What a log tells of dynos, releases and requests, in seconds from its first line."""

    stays: tuple[Stay, ...]
    releases: tuple[tuple[float, str], ...]
    requests: tuple[tuple[float, int], ...]
    length: float

    @property
    def dynos(self) -> list[str]:
        """The names of all dynos."""
        return sorted({stay.dyno for stay in self.stays})


def session(lines: Sequence[str]) -> Session:
    """Read a session from the lines of its log.

    Raises:
        ValueError: when there is none.
    """
    parts = [match for line in lines if (match := LINE.fullmatch(line))]
    if not parts:
        raise ValueError("The log is empty.")
    first = datetime.fromisoformat(parts[0]["time"])
    since: dict[str, tuple[str, float]] = {}
    stays: list[Stay] = []
    releases: list[tuple[float, str]] = []
    requests: list[tuple[float, int]] = []
    second = 0.0
    for part in parts:
        second = (datetime.fromisoformat(part["time"]) - first).total_seconds()
        dyno, text = part["dyno"], part["text"]
        if part["source"] == "app" and dyno != "api":
            continue  # an app may print what it likes
        if found := STATE.match(text):
            if dyno in since:
                stays.append(Stay(dyno, since[dyno][0], since[dyno][1], second))
            since[dyno] = (found[1], second)
        elif found := RELEASE.match(text):
            releases.append((second, found[1]))
        elif dyno == "router" and (found := STATUS.search(text)):
            requests.append((second, int(found[1])))
    stays += [Stay(dyno, state, begin, second) for dyno, (state, begin) in since.items()]
    shown = tuple(stay for stay in stays if stay.state in STATES)
    return Session(shown, tuple(releases), tuple(requests), second)


def session_table(found: Session) -> str:
    """Return how long each dyno was in each state, a line each time."""
    rows = ["dyno    state      from     to"]
    rows += [
        f"{stay.dyno:7} {stay.state:9} {stay.begin:5.1f} s {stay.end:5.1f} s"
        for stay in sorted(found.stays, key=lambda one: (one.dyno, one.begin))
    ]
    return "\n".join(rows)


def describe_session(found: Session) -> str:
    """Return what the picture shows, for those who do not see it."""
    stays = [
        f"{one.dyno} {one.state} from {one.begin:.1f} to {one.end:.1f} s" for one in found.stays
    ]
    made = [f"{name} at {second:.1f} s" for second, name in found.releases]
    good = sum(status < SERVER_ERRORS for _, status in found.requests)
    return (
        f"The session in {found.length:.0f} seconds. {'; '.join(stays)}. Releases: "
        f"{', '.join(made)}. Requests: {good} answered, {len(found.requests) - good} with an error."
    )


def draw_session(found: Session) -> Figure:
    """Draw a row for each dyno and one for the requests; upright lines are releases."""
    rows = [*found.dynos, "requests"]
    figure = Figure(figsize=(9, 1.4 + 0.6 * len(rows)), dpi=100, facecolor="white")
    axes = figure.add_axes((0.1, 0.29, 0.88, 0.5))
    before, height = -found.length, HEIGHTS[0]
    for second, name in found.releases:
        close = second - before < NAME_WIDTH * found.length
        before, height = second, HEIGHTS[int(close and height == HEIGHTS[0])]
        axes.axvline(second, color=QUIET, linewidth=1, linestyle="--")
        axes.text(second, height, name, ha="center", va="bottom", size=10, color=INK)
    for stay in found.stays:
        colour, hatch = STATES[stay.state]
        axes.barh(
            rows.index(stay.dyno), stay.end - stay.begin, left=stay.begin, height=0.6,
            color=colour, hatch=hatch, edgecolor=INK, linewidth=0.8,
        )  # fmt: skip
        if stay.state == "crashed":  # it may last for less than a line is wide
            axes.plot(stay.begin, rows.index(stay.dyno) - 0.42, marker="v", color=INK, ms=7)
    last = len(rows) - 1
    for second, status in found.requests:
        axes.plot(second, last, marker="|" if status < SERVER_ERRORS else "X", color=INK, ms=9)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(last + 0.6, -0.6)
    axes.set_xlim(0, max(found.length, 0.1) * 1.02)
    axes.set_xlabel("seconds since the first push")
    axes.spines[["top", "right"]].set_visible(False)
    _legend(figure)
    return figure


def _legend(figure: Figure) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    boxes = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=INK, label=state)
        for state, (colour, hatch) in STATES.items()
    ]
    marks = [
        Line2D([], [], linestyle="", marker="v", color=INK, label="crash"),
        Line2D([], [], linestyle="", marker="|", color=INK, label="answered"),
        Line2D([], [], linestyle="", marker="X", color=INK, label="error page"),
    ]
    figure.legend(handles=[*boxes, *marks], loc="lower center", ncols=6, frameon=False)


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

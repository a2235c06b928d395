"""A session of lesson 08, read from its log: as a table, in words, and as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from lab.lessons.deploying import LINE
from lab.lessons.picture import INK, QUIET

STATE: Final = re.compile(r"State changed from \w+ to (\w+)")
RELEASE: Final = re.compile(r"Release (v\d+) created")
STATUS: Final = re.compile(r" status=(\d+) ")
SERVER_ERRORS: Final = 500
MOMENT: Final = 0.1  # seconds: the table gives no number for what is shorter

# Told apart by pattern and by the text inside; the colours are for those who see them.
STATES: Final = {
    "starting": ("#f0d9a8", "//"),
    "up": ("#9ed3c4", ""),
    "crashed": ("#e9a79a", "xx"),
}

# In the picture a second is as wide as any other, with two exceptions: nobody would see a crash
# that lasts for a moment, or anything at all beside twenty minutes of reading.
SHORTEST: Final = 1.2  # seconds that the shortest stay takes there
LONGEST: Final = 5.0  # seconds that a stretch takes in which nothing happens

# The names of releases: how high they stand, and how much of the width one takes.
HEIGHTS: Final = (-0.7, -1.1)
NAME_WIDTH: Final = 0.04


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


def read_session(lines: Sequence[str]) -> Session:
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
    """Return since when and for how long each dyno was in each state, a line each time."""
    rows = ["dyno    state         from  for"]
    for stay in sorted(found.stays, key=lambda one: (one.dyno, one.begin)):
        rows.append(f"{stay.dyno:7} {stay.state:9} {stay.begin:6.1f} s  {_lasting(stay)}")
    return "\n".join(rows)


def _lasting(stay: Stay) -> str:
    seconds = stay.end - stay.begin
    return f"{seconds:.1f} s" if seconds >= MOMENT else f"less than {MOMENT} s"


def describe_session(found: Session) -> str:
    """Return what the picture shows, for those who do not see it."""
    stays = [
        f"{one.dyno} {one.state} at {one.begin:.1f} s for {_lasting(one)}" for one in found.stays
    ]
    made = [f"{name} at {second:.1f} s" for second, name in found.releases]
    good = sum(status < SERVER_ERRORS for _, status in found.requests)
    return (
        f"The session in {found.length:.0f} seconds. {'; '.join(stays)}. Releases: "
        f"{', '.join(made)}. Requests: {good} answered, {len(found.requests) - good} with an error."
    )


@dataclass(frozen=True)
class Scale:
    """Where the seconds of a session stand in its picture, and where it leaves some out."""

    seconds: tuple[float, ...]
    places: tuple[float, ...]
    cuts: tuple[float, ...]

    def place(self, second: float) -> float:
        """Return where a second stands."""
        return float(np.interp(second, self.seconds, self.places))


def scale_of(found: Session) -> Scale:
    """Cut what is long and without an event, and widen the stays that are short."""
    edges = {0.0, found.length}.union(*((one.begin, one.end) for one in found.stays))
    others = [second for second, _ in (*found.releases, *found.requests)]
    seconds, places, cuts = [0.0], [0.0], []
    for begin, end in pairwise(sorted(edges)):
        points = sorted({begin, end, *(one for one in others if begin < one < end)})
        gaps = [after - before for before, after in pairwise(points)]
        widths = [min(gap, LONGEST) for gap in gaps]
        wider = max(1.0, SHORTEST / sum(widths))
        for point, gap, width in zip(points[1:], gaps, widths, strict=True):
            if gap > width:
                cuts.append(places[-1] + width / 2)
            seconds.append(point)
            places.append(places[-1] + width * wider)
    return Scale(tuple(seconds), tuple(places), tuple(cuts))


def draw_session(found: Session) -> Figure:
    """Draw a row for each dyno and one for the requests; upright lines are releases."""
    scale = scale_of(found)
    rows = [*found.dynos, "requests"]
    last, width = len(rows) - 1, max(scale.places[-1], SHORTEST)
    figure = Figure(figsize=(9, 1.6 + 0.6 * len(rows)), dpi=100, facecolor="white")
    axes = figure.add_axes((0.1, 0.33, 0.88, 0.48))
    axes.set_xlim(0, width * 1.02)
    axes.set_ylim(last + 0.6, -0.6)
    _draw_releases(axes, [(scale.place(second), name) for second, name in found.releases])
    for stay in found.stays:
        _draw_stay(axes, rows.index(stay.dyno), stay, scale)
    for second, status in found.requests:
        mark = "|" if status < SERVER_ERRORS else "X"
        axes.plot(scale.place(second), last, marker=mark, color=INK, ms=9)
    for cut in scale.cuts:
        axes.axvspan(cut - 0.2, cut + 0.2, color="white", zorder=3)
    axes.set_yticks(range(len(rows)), rows)
    ticks = [second for second, _ in found.releases]
    axes.set_xticks([scale.place(second) for second in ticks], [f"{one:.0f}" for one in ticks])
    axes.set_xlabel("seconds from the first push to each release; a white gap: a wait, cut short")
    axes.spines[["top", "right"]].set_visible(False)
    _legend(figure)
    return figure


def _draw_releases(axes: Axes, releases: Sequence[tuple[float, str]]) -> None:
    width = axes.get_xlim()[1]
    before, height = -width, HEIGHTS[0]
    for place, name in releases:
        close = place - before < NAME_WIDTH * width
        before, height = place, HEIGHTS[int(close and height == HEIGHTS[0])]
        axes.axvline(place, color=QUIET, linewidth=1, linestyle="--")
        axes.text(place, height, name, ha="center", va="bottom", size=10, color=INK)


def _draw_stay(axes: Axes, row: int, stay: Stay, scale: Scale) -> None:
    colour, hatch = STATES[stay.state]
    begin, end = scale.place(stay.begin), scale.place(stay.end)
    axes.barh(
        row, end - begin, left=begin, height=0.6,
        color=colour, hatch=hatch, edgecolor=INK, linewidth=0.8,
    )  # fmt: skip
    if stay.state == "crashed":
        axes.plot(begin, row - 0.42, marker="v", color=INK, ms=7)


def _legend(figure: Figure) -> None:
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

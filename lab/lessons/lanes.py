"""Who handled which request, and when: requests as bars in the lanes of processes and threads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lab.lessons.sending import send_at

INK, QUIET, LINE = "#1c2733", "#5a6673", "#c9d0d6"
FACE, EDGE = "#cfe8ea", "#0a6a74"
THIN, THICK = 0.13, 0.34  # inches: the height of a bar, thin where there are many above each other
FEW = 6  # lanes in a panel that may have thick bars
GAP = 0.10  # inches between two lanes
HEAD, FOOT = 0.72, 0.62  # inches


@dataclass(frozen=True)
class Handled:
    """One request as the server saw it. Times are in seconds since the requests were sent."""

    number: int
    process: int
    thread: int
    start: float
    end: float
    received: float


@dataclass(frozen=True)
class Lane:
    """One thread of one process, and the requests that it handled in the order of their start."""

    name: str
    handled: list[Handled]

    def rows(self) -> list[int]:
        """Return a row for each request, such that no two that overlap share one."""
        ends: list[float] = []
        rows = []
        for one in self.handled:
            free = [row for row, end in enumerate(ends) if end <= one.start]
            row = free[0] if free else len(ends)
            ends[row : row + 1] = [one.end]
            rows.append(row)
        return rows


def ask_at_once(url: str, *, requests: int = 20) -> list[Handled]:
    """Send that many requests at the same moment and return what the server reports of each.

    The server must answer with JSON of its `process`, `thread`, `start` and `end`, the last two
    read from `time.monotonic()`, a clock that all processes of a computer share.
    """
    sent = send_at([(0.0, url)] * requests)
    reports = [(json.loads(exchange.body), exchange) for exchange in sent.exchanges]
    reports.sort(key=lambda pair: float(pair[0]["start"]))
    return [
        Handled(
            number,
            int(report["process"]),
            int(report["thread"]),
            float(report["start"]) - sent.began,
            float(report["end"]) - sent.began,
            exchange.received,
        )
        for number, (report, exchange) in enumerate(reports, start=1)
    ]


def lanes(handled: Sequence[Handled]) -> list[Lane]:
    """Sort requests into the lanes of the threads that handled them."""
    processes = list(dict.fromkeys(one.process for one in handled))
    found: list[Lane] = []
    for count, process in enumerate(processes, start=1):
        own = [one for one in handled if one.process == process]
        threads = list(dict.fromkeys(one.thread for one in own))
        for thread, identifier in enumerate(threads, start=1):
            name = f"process {count}, thread {thread}" if len(threads) > 1 else f"process {count}"
            found.append(Lane(name, [one for one in own if one.thread == identifier]))
    return found


def at_once(handled: Sequence[Handled]) -> int:
    """Return how many requests were in the application at the same moment, at most."""
    events = sorted([(one.start, 1) for one in handled] + [(one.end, -1) for one in handled])
    now = most = 0
    for _, step in events:
        now += step
        most = max(most, now)
    return most


def lanes_table(servers: Mapping[str, Sequence[Handled]]) -> str:
    """Return what the lanes show as lines of text."""
    rows = [["server", "processes", "threads", "at once", "first answer", "last answer"]]
    for name, handled in servers.items():
        answers = sorted(one.received for one in handled)
        counts = [_processes(handled), len(lanes(handled)), at_once(handled)]
        ends = [f"{time * 1000:.0f} ms" for time in (answers[0], answers[-1])]
        rows.append([name, *map(str, counts), *ends])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def describe_lanes(servers: Mapping[str, Sequence[Handled]], what: str) -> str:
    """Return what the lanes show, for those who do not see them."""
    said = [
        f"{name}: {len(handled)} requests in {_counted(_processes(handled), 'process', 'es')} "
        f"and {_counted(len(lanes(handled)), 'thread', 's')}, at most {at_once(handled)} of them "
        f"at the same moment; the last answer came after "
        f"{max(one.received for one in handled) * 1000:.0f} milliseconds."
        for name, handled in servers.items()
    ]
    return " ".join([f"{what}.", *said])


def draw_lanes(servers: Mapping[str, Sequence[Handled]], what: str) -> Figure:
    """Draw a panel for each server, a lane in it for each thread, a bar for each request.

    All panels have the same scale of time. `what` is the headline.
    """
    panels = {name: _Panel(lanes(handled)) for name, handled in servers.items()}
    total = HEAD + FOOT + sum(panel.height + 0.42 for panel in panels.values())
    figure = Figure(figsize=(9, total), dpi=100, facecolor="white")
    figure.text(0.02, 1 - 0.36 / total, what, size=15, weight="bold", color=INK)
    end = max(one.received for handled in servers.values() for one in handled) * 1000
    bottom = total - HEAD
    for name, panel in panels.items():
        bottom -= panel.height + 0.32
        axes = figure.add_axes((0.17, bottom / total, 0.80, panel.height / total))
        bottom -= 0.10
        axes.set_title(name, loc="left", size=11, color=INK)
        axes.set_xlim(0, end * 1.02)
        axes.tick_params(labelbottom=False, colors=QUIET, labelsize=9)
        panel.draw(axes)
    axes.tick_params(labelbottom=True)
    axes.set_xlabel("milliseconds since the requests were sent", size=9, color=QUIET)
    return figure


class _Panel:
    """The lanes of one server, with their heights in inches."""

    def __init__(self, found: Sequence[Lane]) -> None:
        self.lanes = found
        self.crowded = len(found) > FEW
        self.gap = GAP / 4 if self.crowded else GAP
        self.height = sum(self._height(lane) + self.gap for lane in found)

    def draw(self, axes: Axes) -> None:
        axes.set_ylim(self.height, 0)
        axes.set_yticks([])
        axes.spines[["top", "right", "left"]].set_visible(False)
        top = self.gap / 2
        for lane in self.lanes:
            height = self._height(lane)
            axes.text(
                -0.01, top + height / 2, lane.name, transform=axes.get_yaxis_transform(),
                ha="right", va="center", size=7 if self.crowded else 9, color=INK,
            )  # fmt: skip
            self._draw_bars(axes, lane, top)
            top += height + self.gap
            if lane is not self.lanes[-1]:
                axes.axhline(top - self.gap / 2, color=LINE, linewidth=0.8, zorder=0)

    def _draw_bars(self, axes: Axes, lane: Lane, top: float) -> None:
        thickness = self._thickness(lane)
        for one, row in zip(lane.handled, lane.rows(), strict=True):
            start, length = one.start * 1000, (one.end - one.start) * 1000
            middle = top + (row + 0.5) * thickness
            axes.barh(
                middle, length, 0.86 * thickness, left=start, linewidth=0.8,
                color=FACE, edgecolor=EDGE,
            )  # fmt: skip
            axes.text(
                start + length / 2, middle, str(one.number), ha="center", va="center_baseline",
                size=6 if thickness == THIN else 8, color=INK, clip_on=True,
            )  # fmt: skip

    def _thickness(self, lane: Lane) -> float:
        return THIN if self.crowded or max(lane.rows()) > 0 else THICK

    def _height(self, lane: Lane) -> float:
        return (max(lane.rows()) + 1) * self._thickness(lane)


def _processes(handled: Sequence[Handled]) -> int:
    return len({one.process for one in handled})


def _counted(number: int, word: str, ending: str) -> str:
    return f"{number} {word}{'' if number == 1 else ending}"

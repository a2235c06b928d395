"""Lanes as a picture, as a table and in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from lab.bench.trace.lanes import (
    Handled,
    Kind,
    Lane,
    at_once,
    blocked,
    lanes,
    longest_hold,
    waiting_at_once,
)

INK, QUIET, LINE = "#1c2733", "#5a6673", "#c9d0d6"
FACE, EDGE = "#cfe8ea", "#0a6a74"
THIN, THICK = 0.17, 0.34  # inches: the height of a bar, thin where there are many above each other
FEW = 6  # lanes in a panel that may have thick bars
GAP = 0.10  # inches between two lanes
HEAD, FOOT, LEGEND = 0.72, 0.62, 0.34  # inches

# Told apart by pattern and darkness; the colours only help. Later ones lie on top.
STYLES: Final[dict[Kind, dict[str, object]]] = {
    "waits": {"facecolor": "white", "edgecolor": "#7fb3b8", "hatch": "////", "linewidth": 0},
    "runs": {"facecolor": EDGE, "edgecolor": EDGE, "linewidth": 0.4},
    "blocks": {"facecolor": "#f6d2bd", "edgecolor": "#b3470f", "hatch": "xxxx", "linewidth": 0.8},
}
MEANINGS: Final[dict[Kind, str]] = {
    "runs": "its code runs",
    "waits": "it waits for something",
    "blocks": "it waits and holds the event loop",
}
TURN: Final = "it waits for its turn"


def lanes_table(servers: Mapping[str, Sequence[Handled]]) -> str:
    """Return what the lanes show as lines of text."""
    rows = [["server", "processes", "threads", "at once", "first answer", "last answer"]]
    for name, handled in servers.items():
        counts = [_processes(handled), len(lanes(handled)), at_once(handled)]
        rows.append([name, *map(str, counts), *_ends(handled)])
    return _lines(rows)


def trace_table(servers: Mapping[str, Sequence[Handled]]) -> str:
    """Return what the lanes show of recorded requests as lines of text.

    "waiting" is how many waited for something at the same moment, "longest hold" how long one
    request kept an event loop from all others.
    """
    head = ["server", "processes", "threads", "at once", "waiting", "longest hold"]
    rows = [[*head, "first answer", "last answer"]]
    for name, handled in servers.items():
        counts = [_processes(handled), len(lanes(handled)), at_once(handled)]
        hold = longest_hold(handled)
        held = "no event loop" if hold is None else f"{hold * 1000:.0f} ms"
        rows.append([name, *map(str, counts), str(waiting_at_once(handled)), held, *_ends(handled)])
    return _lines(rows)


def describe_lanes(servers: Mapping[str, Sequence[Handled]], what: str) -> str:
    """Return what the lanes show, for those who do not see them."""
    return " ".join([f"{what}.", *(_described(*server) for server in servers.items())])


def _described(name: str, handled: Sequence[Handled]) -> str:
    text = (
        f"{name}: {len(handled)} requests in {_counted(_processes(handled), 'process', 'es')} "
        f"and {_counted(len(lanes(handled)), 'thread', 's')}, at most {at_once(handled)} of them "
        f"at the same moment; the last answer came after "
        f"{max(one.received for one in handled) * 1000:.0f} milliseconds."
    )
    if any(one.pieces for one in handled):
        text += f" At most {waiting_at_once(handled)} waited for something at the same moment."
    if held := blocked(handled):
        text += f" {_counted(len(held), 'wait', 's')} blocked the event loop."
    return text


def draw_lanes(servers: Mapping[str, Sequence[Handled]], what: str) -> Figure:
    """Draw a panel for each server, a lane in it for each thread, a bar for each request.

    All panels have the same scale of time. `what` is the headline.
    """
    panels = {name: _Panel(lanes(handled)) for name, handled in servers.items()}
    pieces = {piece.kind for handled in servers.values() for one in handled for piece in one.pieces}
    foot = FOOT + LEGEND if pieces else FOOT
    total = HEAD + foot + sum(panel.height + 0.42 for panel in panels.values())
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
    if pieces:
        _draw_legend(figure, pieces)
    return figure


def _draw_legend(figure: Figure, kinds: Collection[Kind]) -> None:
    shown = [kind for kind in MEANINGS if kind in kinds]
    patches = [Patch(label=MEANINGS[kind], **STYLES[kind]) for kind in shown]  # type: ignore[arg-type]
    patches.append(Patch(label=TURN, facecolor=FACE, edgecolor=EDGE))
    figure.legend(handles=patches, loc="lower center", ncols=4, frameon=False, fontsize=8.5)


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
                ha="right", va="center", size=8.5 if self.crowded else 9, color=INK,
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
            _draw_pieces(axes, one, middle, 0.86 * thickness)
            axes.text(
                start + length / 2, middle, str(one.number), ha="center", va="center_baseline",
                size=8 if thickness == THIN else 9, color=INK, clip_on=True,
                bbox=NUMBER_ON_PIECES if one.pieces else None,
            )  # fmt: skip

    def _thickness(self, lane: Lane) -> float:
        return THIN if self.crowded or max(lane.rows()) > 0 else THICK

    def _height(self, lane: Lane) -> float:
        return (max(lane.rows()) + 1) * self._thickness(lane)


NUMBER_ON_PIECES: Final = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}


def _draw_pieces(axes: Axes, one: Handled, middle: float, height: float) -> None:
    for kind, style in STYLES.items():
        spans = [(start * 1000, (end - start) * 1000) for start, end in one.of(kind)]
        if spans:
            axes.broken_barh(spans, (middle - height / 2, height), **style)  # type: ignore[arg-type]


def _ends(handled: Sequence[Handled]) -> list[str]:
    answers = [one.received for one in handled]
    return [f"{time * 1000:.0f} ms" for time in (min(answers), max(answers))]


def _lines(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def _processes(handled: Sequence[Handled]) -> int:
    return len({one.process for one in handled})


def _counted(number: int, word: str, ending: str) -> str:
    return f"{number} {word}{'' if number == 1 else ending}"

"""What everybody else waits for while one slow request is handled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lab.lessons.sending import send_at

EVERY = 0.025  # seconds between two quick questions
LAST = 0.8  # seconds after which no more are asked
SLOW_AT = 0.2  # seconds after which the slow one is asked
LATE = 100.0  # milliseconds: more is late for an answer that takes no work
INK, QUIET, LINE = "#1c2733", "#5a6673", "#c9d0d6"
EDGE, SHADE = "#0a6a74", "#eceff1"


@dataclass(frozen=True)
class Stall:
    """When each quick request was sent and how long it waited, in ms, and the slow one's span."""

    sent: list[float]
    waited: list[float]
    slow_from: float
    slow_until: float

    @property
    def late(self) -> int:
        """Return how many quick requests waited for more than 100 ms."""
        return sum(waited > LATE for waited in self.waited)


def ask_beside(quick: str, slow: str) -> Stall:
    """Ask the quick URL 32 times, at a steady pace, and the slow one once in between."""
    pace = [(number * EVERY, quick) for number in range(round(LAST / EVERY))]
    *asked, slowest = send_at([*pace, (SLOW_AT, slow)]).exchanges
    return Stall(
        [exchange.sent * 1000 for exchange in asked],
        [exchange.waited for exchange in asked],
        slowest.sent * 1000,
        slowest.received * 1000,
    )


def stall_table(stalls: Mapping[str, Stall]) -> str:
    """Return what the picture shows as lines of text."""
    rows = [["the slow request", "quick requests", "waited over 100 ms", "longest wait"]]
    for name, stall in stalls.items():
        longest = f"{max(stall.waited):.0f} ms"
        rows.append([name, str(len(stall.waited)), str(stall.late), longest])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def describe_stall(stalls: Mapping[str, Stall]) -> str:
    """Return what the picture shows, for those who do not see it."""
    return " ".join(
        f"{name}: of {len(stall.waited)} quick requests, {stall.late} waited for more than 100 "
        f"milliseconds; the longest wait was {max(stall.waited):.0f} milliseconds."
        for name, stall in stalls.items()
    )


def draw_stall(stalls: Mapping[str, Stall]) -> Figure:
    """Draw a panel for each slow request: a mark for each quick one, as high as it waited."""
    figure = Figure(figsize=(9, 3.6), dpi=100, facecolor="white")
    figure.text(0.02, 0.92, "Quick requests beside one slow one", size=15, weight="bold", color=INK)
    highest = max(max(stall.waited) for stall in stalls.values())
    grid = figure.add_gridspec(
        1, len(stalls), left=0.08, right=0.98, top=0.78, bottom=0.16, wspace=0.08
    )
    for number, (name, stall) in enumerate(stalls.items()):
        axes = figure.add_subplot(grid[number])
        axes.set_title(f"The slow request: {name}", loc="left", size=11, color=INK)
        axes.set_ylim(-0.04 * highest, 1.12 * highest)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=QUIET, labelsize=9, labelleft=number == 0)
        axes.set_xlabel("when it was sent (ms)", size=9, color=QUIET)
        _draw_marks(axes, stall, highest)
    figure.axes[0].set_ylabel("how long it waited (ms)", size=9, color=QUIET)
    return figure


def _draw_marks(axes: Axes, stall: Stall, highest: float) -> None:
    axes.axvspan(stall.slow_from, stall.slow_until, color=SHADE, zorder=0)
    axes.text(
        (stall.slow_from + stall.slow_until) / 2, 1.09 * highest, "slow request under way",
        ha="center", va="top", size=8.5, color=QUIET,
    )  # fmt: skip
    axes.vlines(stall.sent, 0, stall.waited, color=EDGE, linewidth=1)
    axes.plot(stall.sent, stall.waited, "o", markersize=4, color=EDGE)

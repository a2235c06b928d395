"""What each server answered and how long it took: as a picture, as a sentence, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

# Told apart by shape and pattern first. The colours are a pair that colour-blind people can tell
# apart as well, dark enough on white for text.
STYLES = (("#0a6a74", "s", "//"), ("#b3470f", "o", ".."))
INK, QUIET = "#1c2733", "#5a6673"
COLUMNS = range(40, 140, 2)  # of marks across the panel of times: the number that suits best
SHOWN = 95  # per cent of each server's times fit into the panel, with some room beyond
ROOM = 1.1
FILL = 0.62  # of a row's height, for its bar or its highest stack of marks


Floats = NDArray[np.float64]
Marks = tuple[Floats, NDArray[np.int_]]


@dataclass(frozen=True)
class Answers:
    """What one server answered: its name, its price in dollars, its times in milliseconds."""

    name: str
    price: float
    milliseconds: Sequence[float]

    def within(self, per_cent: float) -> float:
        """Return the milliseconds within which this part of the answers came."""
        return float(np.percentile(self.milliseconds, per_cent))


def table(servers: Sequence[Answers]) -> str:
    """Return the picture's numbers as lines of text."""
    rows = [["server", "price", "half within", "95 % within", "slowest"]]
    for server in servers:
        times = [f"{server.within(per_cent):.1f} ms" for per_cent in (50, 95, 100)]
        rows.append([server.name, _dollars(server.price), *times])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )
    return "\n".join(lines)


def describe(servers: Sequence[Answers]) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{server.name} answered {_dollars(server.price)}; of its {len(server.milliseconds)} "
        f"answers, half came within {server.within(50):.1f} milliseconds and 95 % within "
        f"{server.within(95):.1f}."
        for server in servers
    ]
    return " ".join([f"{_headline(servers)}.", *said])


def draw(servers: Sequence[Answers], note: str = "") -> Figure:
    """Draw a row for each of two servers: a bar for its price, a mark for each timed answer.

    `note` is a sentence on how the times were measured, for below the picture.
    """
    figure = Figure(figsize=(9, 2.0 + 1.4 * len(servers)), dpi=100, facecolor="white")
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.42 / height, _headline(servers), size=17, weight="bold", color=INK)
    grid = figure.add_gridspec(
        1, 2, width_ratios=(1, 2.1), wspace=0.08, left=0.145, right=0.98,
        top=1 - 0.85 / height, bottom=1.05 / height,
    )  # fmt: skip
    prices, times = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    for axes in (prices, times):
        axes.set_ylim(len(servers), 0)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(colors=QUIET, labelsize=9)
        axes.set_yticks([])
    _draw_prices(prices, servers)
    beyond = _draw_times(times, servers)
    note = "\n".join(part for part in (note, beyond) if part)
    figure.text(0.02, 0.12 / height, note, linespacing=1.4, size=9, color=QUIET)
    return figure


def _draw_prices(axes: Axes, servers: Sequence[Answers]) -> None:
    axes.set_title("The price it answers", loc="left", size=11, color=INK)
    axes.set_xlim(0, max(server.price for server in servers) * 1.05)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for row, (server, (colour, _, hatch)) in enumerate(zip(servers, STYLES, strict=True)):
        axes.barh(
            row + 0.5, server.price, FILL, color="white", edgecolor=colour, hatch=hatch, linewidth=2
        )
        axes.text(
            server.price / 2, row + 0.5, _dollars(server.price),
            ha="center", va="center", size=15, weight="bold", color=colour,
            bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.3"},
        )  # fmt: skip
        axes.text(
            -0.04, row + 0.5, server.name.replace(" on ", "\non "),
            transform=axes.get_yaxis_transform(), ha="right", va="center", size=11, color=INK,
        )  # fmt: skip


def _draw_times(axes: Axes, servers: Sequence[Answers]) -> str:
    axes.set_title(
        "How long each answer takes: one mark, one request", loc="left", size=11, color=INK
    )
    end = max(server.within(SHOWN) for server in servers) * ROOM
    axes.set_xlim(0, end)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_xlabel(
        "milliseconds, from sending the request to having read the answer", size=9, color=QUIET
    )
    stacks, size, step = _stacks(axes, [np.asarray(server.milliseconds) for server in servers])
    beyond = []
    for row, (server, (colour, marker, _)) in enumerate(zip(servers, STYLES, strict=True)):
        places, heights = stacks[row]
        base = row + 0.5 + FILL / 2
        axes.axhline(base, color="#c9d0d6", linewidth=1, zorder=0)
        axes.scatter(
            places, base - (heights - 0.5) * step,
            s=(0.66 * size) ** 2, marker=marker, linewidths=0.2 * size,
            facecolor=colour if marker == "s" else "white", edgecolor=colour,
        )  # fmt: skip
        median = server.within(50)
        axes.plot([median, median], [base, row + 0.12], color=INK, linewidth=1.5)
        side = "right" if median > 0.7 * end else "left"
        axes.text(
            median, row + 0.1, f" half within {median:.1f} ms ",
            size=11, color=INK, va="top", ha=side,
        )  # fmt: skip
        late = sum(time >= end for time in server.milliseconds)
        if late:
            beyond.append(f"{late} of {server.name.split()[0]}'s")
    if not beyond:
        return ""
    slowest = max(server.within(100) for server in servers)
    return f"Beyond the right edge: {' and '.join(beyond)}, the slowest {slowest:.0f} ms."


def _stacks(axes: Axes, servers: Sequence[Floats]) -> tuple[list[Marks], float, float]:
    """Stack the marks of all servers so that they are as large as can be without overlapping.

    Returns the marks, their size in points, and their height in the units of the axes.
    """
    box = axes.get_window_extent()
    points = 72 / axes.figure.dpi
    row = box.height * points / abs(axes.get_ylim()[1] - axes.get_ylim()[0])
    end = axes.get_xlim()[1]
    size, stacks = 0.0, list[Marks]()
    for columns in COLUMNS:
        tried = [_stack(times, end, columns) for times in servers]
        highest = max(int(heights.max()) for _, heights in tried)
        fits = min(box.width * points / columns, FILL * row / highest)
        if fits > size:
            size, stacks = fits, tried
    return stacks, size, size / row


def _stack(times: Floats, end: float, columns: int) -> Marks:
    """Return for each time up to `end` the middle of its column and its place there, from 1 up."""
    column = np.sort((times[times < end] / end * columns).astype(int))
    place = np.arange(len(column)) - np.searchsorted(column, column) + 1
    return (column + 0.5) * end / columns, place


def _headline(servers: Sequence[Answers]) -> str:
    same = len({server.price for server in servers}) == 1
    return f"One house, two servers, {'the same price' if same else 'different prices'}"


def _dollars(price: float) -> str:
    return f"${price:,.0f}"

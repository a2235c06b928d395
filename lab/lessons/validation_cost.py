"""What a call costs in several ways: timed in turns, as a table and as a picture."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from lab.lessons.picture import INK, QUIET

MARK = "#0a6a74"
WIDEST = 2.5  # times the slowest way's middle round: what is further out has been disturbed
ROOM = 1.15

Costs = Mapping[str, Sequence[float]]  # way -> microseconds for one call, one for each round


def time_ways(
    ways: Mapping[str, Callable[[], object]], *, rounds: int = 200, calls: int = 10
) -> Costs:
    """Call each way `calls` times in each round; return the microseconds of a call, by round.

    In each round the ways come in a new random order, so that a busy moment of the computer hits
    all alike. One call is too short for the clock, and a long round is seldom left in peace: hence
    a few calls in each of many rounds.
    """
    for way in ways.values():
        way()  # the first call of anything is slower
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name in random.sample(list(ways), len(ways)):
            way = ways[name]
            started = time.perf_counter()
            for _ in range(calls):
                way()
            costs[name].append((time.perf_counter() - started) / calls * 1e6)
    return costs


def cost_table(costs: Costs) -> str:
    """Return the picture's numbers as lines of text."""
    rows = [["way", "half within", "95 % within"]]
    for name, times in costs.items():
        rows.append([name, *(f"{np.percentile(times, part):.1f} µs" for part in (50, 95))])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def describe_costs(costs: Costs, title: str) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{name}: half of {len(times)} rounds within {statistics.median(times):.1f} microseconds."
        for name, times in costs.items()
    ]
    return " ".join([f"{title}.", *said])


def draw_costs(costs: Costs, title: str, note: str = "", *, one: str = "house") -> Figure:
    """Draw a row for each way: a mark for each round, and a line at the middle one.

    `one` is what a single call handles.
    """
    height = 1.9 + 0.75 * len(costs)
    figure = Figure(figsize=(9, height), dpi=100, facecolor="white")
    figure.text(0.02, 1 - 0.42 / height, title, size=15, weight="bold", color=INK)
    end = _end(costs)
    axes = figure.add_axes(
        (0.32, 1.05 / height, 0.65, 1 - 1.75 / height), xlim=(0, end), ylim=(len(costs), 0)
    )
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(colors=QUIET, labelsize=9)
    axes.set_yticks([row + 0.6 for row in range(len(costs))], list(costs))
    axes.tick_params(axis="y", length=0, labelsize=11, labelcolor=INK)
    axes.set_xlabel(f"microseconds (millionths of a second) for one {one}", size=9, color=QUIET)
    scatter = random.Random(0)  # marks side by side rather than on top of each other
    for row, times in enumerate(costs.values()):
        axes.axhline(row + 1, color="#c9d0d6", linewidth=1, zorder=0)
        places = [row + 0.6 + scatter.uniform(-0.16, 0.16) for _ in times]
        axes.scatter(times, places, s=9, facecolor="white", edgecolor=MARK, linewidth=0.8)
        median = statistics.median(times)
        axes.plot([median, median], [row + 0.36, row + 0.88], color=INK, linewidth=1.8)
        side = "right" if median > 0.75 * end else "left"
        axes.text(median, row + 0.3, f" {median:.1f} µs ", size=11, color=INK, va="bottom", ha=side)
    beyond = sum(time >= end for times in costs.values() for time in times)
    if beyond:
        note = f"{note}\nBeyond the right edge: {beyond} of all marks.".strip()
    figure.text(0.02, 0.12 / height, note, size=9, color=QUIET, linespacing=1.4)
    return figure


def _end(costs: Costs) -> float:
    """Return where the axis ends: all that is usual is shown, and nothing makes the rest tiny."""
    slowest = max(max(times) for times in costs.values())
    middle = max(statistics.median(times) for times in costs.values())
    return min(ROOM * slowest, WIDEST * middle)

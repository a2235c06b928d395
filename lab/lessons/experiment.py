"""The pictures of lesson 06: repeated runs, pairs and their verdict, percentiles, a rate sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from lab.bench.load.histogram import Distribution
from lab.bench.load.recording import Recording
from lab.bench.results import Comparison, Results
from lab.lessons.quick_form import columns, interval_text

INK, QUIET, LINE, SHADE = "#1c2733", "#5a6673", "#c9d0d6", "#eceff1"
# Told apart by mark and dashes first.
STYLES = (("#0a6a74", "s", "-"), ("#b3470f", "o", "--"), ("#5b3a9b", "^", "-."))
ABOVE = (1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 6, 10, 20, 50, 100)
BELOW = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.25, 0.15, 0.1, 0.05, 0.02, 0.01)
NEAREST = 1 / 16  # of the width of the picture: nearer to each other, labels are hard to read
PERCENTILES = (50, 75, 90, 95, 99)


def pairs_of(
    results: Results, comparison: Comparison
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return the throughputs of the valid pairs of a comparison, and of its valid A/A pairs."""
    rows = {row.id: row for row in results.rows}

    def figures(ids: Sequence[tuple[str, str]]) -> list[tuple[float, float]]:
        found = [(rows[first], rows[second]) for first, second in ids]
        return [
            (first.throughput, second.throughput)
            for first, second in found
            if first.validity == second.validity == "valid"
        ]

    return figures(comparison.pairs), figures(comparison.control)


def draw_runs(runs: Mapping[str, Sequence[float]], what: str) -> Figure:
    """Draw a row of marks for each name: a mark for each run, and a line at their middle."""
    figure = Figure(figsize=(9, 1.5 + 0.7 * len(runs)), dpi=100, facecolor="white")
    axes = _axes(figure, what, left=0.2)
    axes.set_ylim(len(runs) - 0.4, -0.6)
    axes.set_yticks(range(len(runs)), list(runs), color=INK)
    axes.set_xlabel("good answers a second", size=9, color=QUIET)
    for row, values in enumerate(runs.values()):
        colour, mark, _ = STYLES[row % len(STYLES)]
        axes.plot(
            values, [row] * len(values), mark, color=colour, markerfacecolor="white", markersize=8,
            markeredgewidth=1.6,
        )  # fmt: skip
        axes.vlines(np.median(values), row - 0.3, row + 0.3, color=INK, linewidth=1.6)
    return figure


def describe_runs(runs: Mapping[str, Sequence[float]]) -> str:
    """Return what the picture of runs shows, for those who do not see it."""
    return " ".join(
        f"{name}: {len(values)} runs, from {min(values):.0f} to {max(values):.0f} good answers a "
        f"second; the middle is {np.median(values):.0f}."
        for name, values in runs.items()
    )


def draw_verdict(results: Results, comparison: Comparison) -> Figure:
    """Draw the ratio of each pair and each A/A pair, their intervals, and the margin around 1."""
    pairs, control = pairs_of(results, comparison)
    figure = Figure(figsize=(9, 3.4), dpi=100, facecolor="white")
    axes = _axes(figure, f"The verdict: {comparison.verdict}", left=0.24)
    margin = 1 + comparison.margin
    axes.axvspan(1 / margin, margin, color=SHADE, zorder=0)
    axes.axvline(1, color=INK, linewidth=1)
    drawn = [
        (f"{comparison.first} /\n{comparison.second}", pairs, comparison.ratio),
        (f"A/A: {comparison.first} /\n{comparison.first}", control, comparison.noise),
    ]
    for row, (_, ratios, interval) in enumerate(drawn):
        colour, mark, _ = STYLES[row]
        values = [first / second for first, second in ratios]
        axes.plot(values, [row] * len(values), mark, color=colour, markerfacecolor="white")
        if interval is not None:
            axes.plot(
                [interval.low, interval.high], [row + 0.25] * 2, "|-", color=INK, linewidth=2,
                markersize=12,
            )  # fmt: skip
            axes.plot([interval.estimate], [row + 0.25], "D", color=INK, markersize=6)
    axes.set_ylim(1.6, -0.5)
    axes.set_yticks(range(2), [name for name, _, _ in drawn], color=INK)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:.2f}")
    axes.xaxis.set_major_locator(FixedLocator(_ticks(*axes.get_xlim())))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(
        "throughput of the first over that of the second (shaded: counts as equal)",
        size=9, color=QUIET,
    )  # fmt: skip
    return figure


def _ticks(low: float, high: float) -> list[float]:
    """Return the ratios to label: from 1 outwards, each far enough from the one before."""
    chosen = [1.0]
    for side in (ABOVE, BELOW):
        last = 1.0
        for ratio in side:
            if abs(log(ratio / last)) >= NEAREST * log(high / low):
                chosen.append(last := ratio)
    return chosen


def describe_verdict(results: Results, comparison: Comparison) -> str:
    """Return what the picture of a verdict shows, for those who do not see it."""
    pairs, control = pairs_of(results, comparison)
    return (
        f"The verdict is {comparison.verdict}. {len(pairs)} valid pairs: ratio "
        f"{interval_text(comparison.ratio)}. {len(control)} valid A/A pairs: ratio "
        f"{interval_text(comparison.noise)}. Within {comparison.margin:.0%} of 1 counts as equal."
    )


def percentile_table(latencies: Mapping[str, Distribution]) -> str:
    """Return within how many milliseconds each share of the requests was answered."""
    rows = [["", "requests", *(f"p{percent}" for percent in PERCENTILES), "longest"]]
    for name, found in latencies.items():
        times = [
            f"{found.at(percent) * 1000:.0f} ms" if _says(found, percent) else "too few"
            for percent in PERCENTILES
        ]
        rows.append([name, str(found.count), *times, f"{found.most * 1000:.0f} ms"])
    return columns(rows, left=(0,))


def _says(found: Distribution, percent: float) -> bool:
    """Tell whether enough requests lie beyond a percentile, by the rule of the lab's report."""
    from lab.bench.report.tables import BEYOND

    return found.count * (100 - percent) / 100 >= BEYOND


def draw_percentiles(latencies: Mapping[str, Distribution], what: str) -> Figure:
    """Draw the latency that each share of the requests kept, and the longest, for each name."""
    figure = Figure(figsize=(9, 3.8), dpi=100, facecolor="white")
    axes = _axes(figure, what, left=0.1)
    shown = [one for one in PERCENTILES if all(_says(found, one) for found in latencies.values())]
    for place, (name, found) in enumerate(latencies.items()):
        colour, mark, dashes = STYLES[place]
        times = [time * 1000 for time in (*map(found.at, shown), found.most)]
        axes.plot(range(len(times)), times, color=colour, marker=mark, linestyle=dashes, label=name)
    names = [*(f"p{percent}" for percent in shown), "longest"]
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("milliseconds", size=9, color=QUIET)
    axes.legend(frameon=False, loc="upper left")
    return figure


def describe_percentiles(latencies: Mapping[str, Distribution]) -> str:
    """Return what the picture of percentiles shows, for those who do not see it."""
    return " ".join(
        f"{name}: half of {found.count} requests within {found.at(50) * 1000:.0f} milliseconds, "
        f"90 % within {found.at(90) * 1000:.0f}, the longest {found.most * 1000:.0f}."
        for name, found in latencies.items()
    )


def sweep_table(points: Sequence[Recording], target: float) -> str:
    """Return a line for each offered rate: what came back, and whether the target was kept."""
    rows = [["offered/s", "answered/s", "p50", "p99", "no answer", "target kept"]]
    for one in points:
        times = [f"{one.latency_at(percent) * 1000:.0f} ms" for percent in (50, 99)]
        kept = "yes" if one.latency_at(99) <= target else "no"
        offered, answered = f"{one.offered:.0f}", f"{one.throughput:.0f}"
        rows.append([offered, answered, *times, str(one.missing), kept])
    return columns(rows, left=())


def draw_sweep(points: Sequence[Recording], target: float) -> Figure:
    """Draw the p50 and the p99 at each offered rate, and the target."""
    figure = Figure(figsize=(9, 3.8), dpi=100, facecolor="white")
    axes = _axes(figure, "The knee: p50 and p99 at each offered rate", left=0.1)
    rates = [one.offered for one in points]
    for place, percent in enumerate((99, 50)):
        colour, mark, dashes = STYLES[place]
        times = [one.latency_at(percent) * 1000 for one in points]
        axes.plot(rates, times, color=colour, marker=mark, linestyle=dashes, label=f"p{percent}")
    axes.axhline(target * 1000, color=INK, linewidth=1.2)
    axes.text(0.01, target * 1000, "target", transform=axes.get_yaxis_transform(), va="bottom")
    axes.set_xlabel("offered requests a second", size=9, color=QUIET)
    axes.set_ylabel("milliseconds", size=9, color=QUIET)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.legend(frameon=False, loc="upper center")
    return figure


def describe_sweep(points: Sequence[Recording], target: float) -> str:
    """Return what the picture of a sweep shows, for those who do not see it."""
    said = [
        f"at {one.offered:.0f} requests a second p99 is {one.latency_at(99) * 1000:.0f} "
        "milliseconds"
        for one in points
    ]
    return f"The target is {target * 1000:.0f} milliseconds: {'; '.join(said)}."


def _axes(figure: Figure, what: str, *, left: float) -> Axes:
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.36 / height, what, size=15, weight="bold", color=INK)
    axes = figure.add_axes((left, 0.6 / height, 0.97 - left, 1 - 1.2 / height))
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(which="both", colors=QUIET, labelsize=9)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    return axes

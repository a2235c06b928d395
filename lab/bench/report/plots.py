"""Plots of verdicts and of throughput: the estimate, its interval, and the single runs."""

from __future__ import annotations

from itertools import chain
from math import sqrt

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from scipy import stats

from lab.bench.report.document import Picture
from lab.bench.report.svg import INK, QUIET, new, style, svg, tidy
from lab.bench.report.words import (
    capital,
    experiment_of,
    experiment_title,
    figure,
    ratio_text,
    titles,
)
from lab.bench.results import Comparison, Interval, Results, Row
from lab.bench.statistics import FEWEST_PAIRS

SIGNS = {"faster": "s", "slower": "s", "equivalent": "o", "undecided": "d", "invalid": "X"}
BAND = "#dfe7ea"
# Ticks for a small range of ratios, for a wider one, and for a very wide one.
TICKS = (
    (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2),
    (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10),
    (0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000),
)


def ratio_plot(results: Results) -> Picture | None:
    """Draw each comparison's ratio with its interval, and below it that of the A/A pairs."""
    shown = [one for one in results.comparisons if one.ratio is not None]
    if not shown:
        return None
    drawing = new(1.0 + 0.85 * len(shown))
    height = drawing.get_figheight()
    axes = drawing.add_axes(
        (0.03, 0.6 / height, 0.94, 1 - 0.75 / height), xscale="log", ylim=(len(shown), 0)
    )
    tidy(axes)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    names = titles(results)
    for row, one in enumerate(shown):
        _ratio_row(axes, row, one, names)
    ratio_axis(axes, _ends(shown))
    described = " ".join(
        f"{one.question} {capital(one.verdict)}, ratio {ratio_text(one.ratio)}, A/A "
        f"{ratio_text(one.noise)}."
        for one in shown
    )
    caption = (
        "How many times as fast the first stack is. Filled marks and thick lines: the ratio and "
        "its 95 % interval. Hollow rings and thin lines: the first stack against itself, which is "
        "noise. The grey band is the margin: what lies in it counts as equal."
    )
    return Picture("ratios", caption, described, svg(drawing, "ratios", described))


def _ratio_row(axes: Axes, row: int, one: Comparison, names: dict[str, str]) -> None:
    colour, _, _ = style(0)
    assert one.ratio is not None
    low, high = 1 / (1 + one.margin), 1 + one.margin
    axes.fill_betweenx([row + 0.48, row + 0.98], low, high, color=BAND, linewidth=0)
    first, second = names.get(one.first, one.first), names.get(one.second, one.second)
    place = axes.get_yaxis_transform()
    plain = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}  # no line runs through text
    axes.text(
        0, row + 0.04, capital(f"{first} / {second}"), transform=place, va="top", size=9.5,
        color=INK, bbox=plain,
    )  # fmt: skip
    told = f"{one.workload}, {one.metric.replace('_', ' ')}: {ratio_text(one.ratio)} {one.verdict}"
    axes.text(
        0, row + 0.26, told, transform=place, va="top", size=9, color=INK, weight="bold",
        bbox=plain,
    )  # fmt: skip
    _bar(axes, row + 0.66, one.ratio, colour, SIGNS[one.verdict], filled=True)
    if one.noise is not None:
        _bar(axes, row + 0.84, one.noise, QUIET, "o", filled=False)


def _bar(axes: Axes, y: float, at: Interval, colour: str, sign: str, *, filled: bool) -> None:
    width, size = (2.6, 6) if filled else (1.0, 4.5)
    axes.plot([at.low, at.high], [y, y], color=colour, linewidth=width, solid_capstyle="butt")
    axes.plot(
        [at.estimate], [y], sign, markersize=size, markeredgecolor=colour,
        markerfacecolor=colour if filled else "white",
    )  # fmt: skip


def _ends(shown: list[Comparison]) -> list[float]:
    ends = []
    for one in shown:
        ends += [1 / (1 + one.margin), 1 + one.margin]
        ends += [end for at in (one.ratio, one.noise) if at for end in (at.low, at.high)]
    return ends


def ratio_axis(axes: Axes, ends: list[float]) -> None:
    """Give a logarithmic axis of ratios room and ticks for all that it shows, and for 1."""
    low, high = min([1, *ends]) / 1.08, max([1, *ends]) * 1.08
    axes.set_xlim(low, high)
    kind = sum(high / low > widest for widest in (3, 30))
    ticks = [tick for tick in TICKS[kind] if low <= tick <= high]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.axvline(1, color=INK, linewidth=1)
    axes.set_xlabel("times as fast (logarithmic: 2 and 0.5 are equally far from 1)")


def throughputs(results: Results) -> dict[tuple[str, str], list[Row]]:
    """Return the valid rows of all pairs, by experiment and stack.

    Those that ran only for the A/A pairs are left out: the first stack would have twice as many.
    """
    rows = {row.id: row for row in results.rows}
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for comparison in results.comparisons:
        for name in chain.from_iterable(comparison.pairs):
            row = rows.get(name)
            if row is not None and row.validity == "valid":
                found.setdefault((experiment_of(row), row.stack), {})[row.id] = row
    return {key: list(found[key].values()) for key in sorted(found)}


def mean_interval(values: list[float]) -> Interval | None:
    """Return a mean with its 95 % interval (Student's t); None for too few values."""
    n = len(values)
    if n < FEWEST_PAIRS:
        return None
    middle = float(np.mean(values))
    reach = float(stats.t.ppf(0.975, n - 1)) * float(np.std(values, ddof=1)) / sqrt(n)
    return Interval(estimate=middle, low=middle - reach, high=middle + reach)


def throughput_cells(runs: list[Row]) -> tuple[str, str, str]:
    """Return how many runs there are, their mean, and its interval, as a table shows them."""
    values = [row.throughput for row in runs]
    interval = mean_interval(values)
    between = (
        "too few runs" if interval is None else f"{figure(interval.low)} to {figure(interval.high)}"
    )
    return str(len(runs)), figure(float(np.mean(values))), between


def throughput_plot(results: Results, experiment: str, stacks: dict[str, list[Row]]) -> Picture:
    """Draw each run's throughput, and each stack's mean with its interval."""
    names = titles(results)
    drawing = new(0.95 + 0.62 * len(stacks))
    height = drawing.get_figheight()
    axes = drawing.add_axes(
        (0.03, 0.6 / height, 0.94, 1 - 0.7 / height), ylim=(len(stacks), 0)
    )  # fmt: skip
    tidy(axes)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    told = []
    for row, (stack, runs) in enumerate(stacks.items()):
        values = [one.throughput for one in runs]
        colour, sign, _ = style(row)
        count, mean, between = throughput_cells(runs)
        text = f"{capital(names[stack])}: {mean} a second ({between})"
        told.append(f"{text}, {count} runs.")
        axes.text(
            0, row + 0.1, text, transform=axes.get_yaxis_transform(), va="top", size=9.5, color=INK
        )
        axes.plot(
            values, [row + 0.8] * len(values), sign, markersize=4.5, alpha=0.8,
            markeredgecolor=colour, markerfacecolor="white",
        )  # fmt: skip
        interval = mean_interval(values)
        if interval:
            _bar(axes, row + 0.58, interval, colour, sign, filled=True)
    axes.set_xlim(0, 1.08 * max(one.throughput for runs in stacks.values() for one in runs))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.set_xlabel("requests a second")
    name = f"throughput-{experiment}"
    caption = (
        f"Throughput: {experiment_title(experiment, stacks)}. Filled marks: the mean of the runs "
        "with its 95 % interval. Hollow marks: each run. The runs move together with the machine, "
        "so the ratio within pairs, above, is surer than the distance between two means here."
    )
    described = f"{caption} {' '.join(told)}"
    return Picture(name, caption, described, svg(drawing, name, described))

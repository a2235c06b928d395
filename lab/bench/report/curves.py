"""Latency by percentile: the whole distribution, and with it what an average hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from hdrh.histogram import HdrHistogram
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lab.bench.report.document import Picture
from lab.bench.report.svg import INK, new, style, svg, tidy
from lab.bench.report.tables import BEYOND
from lab.bench.report.words import capital, experiment_title, figure, is_closed_loop, titles
from lab.bench.results import Latency, Omission, Results, Row

Floats = NDArray[np.float64]
HIGHEST = 1e5  # requests for one beyond the last percentile: 99.999 %
TICKS = {"0": 1, "50": 2, "90": 10, "99": 100, "99.9": 1_000, "99.99": 10_000, "99.999": 100_000}


def milliseconds_at(latency: Latency, shares: Floats) -> Floats:
    """Return the latency that each share of the requests kept, from the whole histogram."""
    histogram = HdrHistogram.decode(latency.hdr)
    counts = np.ctypeslib.as_array(histogram.counts)
    full = np.flatnonzero(counts)
    # A bucket's highest value is what HDR histograms report: never better than it was.
    values = np.array(
        [
            histogram.get_highest_equivalent_value(histogram.get_value_from_index(int(place)))
            for place in full
        ],
        dtype=np.float64,
    )
    reached = np.cumsum(counts[full]).astype(np.float64)
    ranks = np.maximum(np.ceil(shares * reached[-1] - 1e-9), 1)
    return np.asarray(np.minimum(values[np.searchsorted(reached, ranks)] / 1000, latency.longest))


def curve(runs: Sequence[Latency]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return for several runs, by requests for one beyond: the median latency, lowest, highest.

    It ends where too few times of all runs lie beyond a percentile.
    """
    fewest, together = min(run.count for run in runs), sum(run.count for run in runs)
    end = min(max(min(together / BEYOND, fewest), 2.0), HIGHEST)
    one_in = np.geomspace(1, end, 80)
    all_of_them = np.array([milliseconds_at(run, 1 - 1 / one_in) for run in runs])
    return (
        one_in,
        np.median(all_of_them, axis=0),
        all_of_them.min(axis=0),
        all_of_them.max(axis=0),
    )


def percentile_plot(
    name: str, caption: str, lines: Mapping[str, Sequence[Latency]], said: str = ""
) -> Picture:
    """Draw latency by percentile for each line: the median of its runs, and their range."""
    drawing = new(3.6 + 0.24 * len(lines))
    height = drawing.get_figheight()
    legend = 0.1 + 0.24 * len(lines)
    axes = drawing.add_axes(
        (0.15, 0.58 / height, 0.82, 1 - (0.7 + legend) / height), xscale="log", yscale="log"
    )
    tidy(axes)
    last = 2.0
    for place, (title, runs) in enumerate(lines.items()):
        colour, sign, dashes = style(place)
        one_in, middle, low, high = curve(runs)
        last = max(last, float(one_in[-1]))
        axes.fill_between(one_in, low, high, color=colour, alpha=0.12, linewidth=0)
        axes.plot(
            one_in, middle, color=colour, linestyle=dashes, linewidth=2, label=capital(title),
            marker=sign, markevery=(8 * place % 20, 20), markersize=6, markerfacecolor="white",
        )  # fmt: skip
    ticks = {label: at for label, at in TICKS.items() if at <= last * 1.01}
    axes.set_xticks(list(ticks.values()), list(ticks))
    axes.minorticks_off()
    _even_ticks(axes)
    axes.set_xlabel("per cent of the requests that were answered within …")
    axes.set_ylabel("milliseconds")
    drawing.legend(
        loc="upper left", bbox_to_anchor=(0.08, 1), frameon=False, fontsize=9.5, labelcolor=INK,
        handlelength=4,
    )  # fmt: skip
    told = [f"{capital(title)}: {_told(runs)}" for title, runs in lines.items()]
    described = " ".join([caption, said, *told]).replace("  ", " ")
    return Picture(name, caption, described, svg(drawing, name, described))


def _even_ticks(axes: Axes) -> None:
    low, high = axes.get_ylim()
    ticks = [base * 10.0**power for power in range(-3, 7) for base in (1, 2, 5)]
    kept = [tick for tick in ticks if low <= tick <= high]
    if len(kept) > 10:
        kept = [tick for tick in kept if f"{tick:e}"[0] == "1"]
    axes.set_yticks(kept, [f"{tick:,g}" for tick in kept])


def _told(runs: Sequence[Latency]) -> str:
    p50, p99 = (float(np.median([getattr(run, name) for run in runs])) for name in ("p50", "p99"))
    return f"p50 {figure(p50)} ms, p99 {figure(p99)} ms."


def latency_plot(results: Results, experiment: str, stacks: Mapping[str, list[Row]]) -> Picture:
    """Draw the latencies of each stack of an experiment by percentile."""
    names = titles(results)
    lines = {
        names[stack]: [run.latency for run in runs if run.latency is not None]
        for stack, runs in stacks.items()
    }
    warning = (
        " These rows are of a closed loop: a stall of the server hardly shows in them."
        if any(is_closed_loop(run) for runs in stacks.values() for run in runs)
        else ""
    )
    caption = (
        f"Latency by percentile: {experiment_title(experiment, stacks)}. Lines: the median of the "
        f"runs. Shaded in their colour: from the best run to the worst.{warning}"
    )
    return percentile_plot(f"latency-{experiment}", caption, lines)


def omission_plot(results: Results, omission: Omission) -> Picture | None:
    """Draw what a closed and an open loop report of the same server, which stalls."""
    found = {row.id: row.latency for row in results.rows}
    few, many = (found.get(name) for name in omission.rows)
    if few is None or many is None:
        return None
    caption = (
        "One server, two kinds of load. The server does nothing at all for "
        f"{omission.stall_seconds:g} s in every {omission.every_seconds:g} s. The closed loop "
        "waits with it and reports few slow answers. The open loop counts every request that the "
        "stall delayed."
    )
    return percentile_plot("omission", caption, {"Closed loop": [few], "Open loop": [many]})

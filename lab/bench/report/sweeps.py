"""Plots of the knee and of the cost by layer."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from matplotlib.axes import Axes

from lab.bench.knee import rate_of
from lab.bench.report.document import Picture
from lab.bench.report.knees import Swept
from lab.bench.report.svg import INK, QUIET, new, style, svg, tidy
from lab.bench.report.words import capital, figure, ratio_text, titles, workload_title
from lab.bench.results import Knee, Layer, Results, Row

HATCHES = {"ASGI": "//", "WSGI": ".."}
COLOURS = {"ASGI": "#b3470f", "WSGI": "#0a6a74"}


def knee_plot(results: Results, workload: str, found: list[Swept]) -> Picture | None:
    """Draw p99 over the offered rate for each stack, and where it leaves the target."""
    rows = {row.id: row for row in results.rows}
    sweeps = [(one, _points(one.knees, rows)) for one in found]
    if not any(points for _, points in sweeps):
        return None
    names = titles(results)
    drawing = new(3.6 + 0.24 * len(found))
    height = drawing.get_figheight()
    legend = 0.34 + 0.24 * len(found)
    axes = drawing.add_axes(
        (0.15, 0.58 / height, 0.82, 1 - (0.7 + legend) / height), yscale="log"
    )  # fmt: skip
    tidy(axes)
    told = []
    for place, (one, points) in enumerate(sweeps):
        if not points:
            continue
        colour, sign, dashes = style(place)
        title = capital(names.get(one.stack, one.stack))
        sustained = "no rate" if one.middle is None else f"up to {figure(one.middle)}"
        label = f"{title}: {sustained}"  # no longer: the drawing is narrow
        told.append(f"{title}: {one.text} a second, p99 under {one.target_ms:g} ms.")
        rates, times = zip(*points, strict=True)
        axes.plot(rates, times, color=colour, linestyle=dashes, linewidth=1.6)
        axes.plot([], [], sign, linestyle=dashes, color=colour, markersize=8, label=label)
        kept = [one.middle is not None and rate <= one.middle for rate in rates]
        for rate, time, held in zip(rates, times, kept, strict=True):
            axes.plot(
                [rate], [time], sign if held else "x", color=colour, markersize=8 if held else 9,
                markeredgewidth=2,
            )  # fmt: skip
    for target in {one.target_ms for one in found}:
        axes.axhline(target, color=INK, linewidth=1)
        axes.text(
            0.01, target, f"target: {target:g} ms", transform=axes.get_yaxis_transform(),
            va="bottom", size=9.5, color=INK,
        )  # fmt: skip
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.set_xlabel("requests a second offered")
    axes.set_ylabel("p99 in milliseconds")
    drawing.legend(
        loc="upper left", bbox_to_anchor=(0.08, 1), frameon=False, fontsize=9.5, labelcolor=INK,
        handlelength=4,
    )  # fmt: skip
    caption = (
        f"The knee: {workload_title(workload)}. Full marks: rates that were sustained. Crosses: "
        "rates that were not: the p99 passed the target, requests were lost, or the row counts for "
        "nothing. A rate that was tried several times has its median p99."
    )
    described = f"{caption} {' '.join(told)}"
    name = f"knee-{workload}"
    return Picture(name, caption, described, svg(drawing, name, described))


def _points(knees: Sequence[Knee], rows: dict[str, Row]) -> list[tuple[float, float]]:
    points: dict[float, list[float]] = {}
    for name in (name for knee in knees for name in knee.points):
        row = rows.get(name)
        if row is not None and row.latency is not None:
            points.setdefault(rate_of(row), []).append(row.latency.p99)
    return sorted((rate, median(times)) for rate, times in points.items())


def layers_plot(results: Results) -> Picture | None:
    """Draw the processor time of a request by layer: the bar of each adds to the one above it."""
    layers = results.layers
    if not layers:
        return None
    drawing = new(0.9 + 0.4 * len(layers))
    height = drawing.get_figheight()
    axes = drawing.add_axes(
        (0.32, 0.58 / height, 0.65, 1 - 0.7 / height), ylim=(len(layers), 0)
    )  # fmt: skip
    tidy(axes)
    axes.grid(visible=False, axis="y")
    axes.set_yticks(
        np.arange(len(layers)) + 0.5, [f"{one.interface}: {one.name}" for one in layers]
    )
    axes.tick_params(axis="y", length=0, labelcolor=INK, labelsize=9.5)
    below: dict[str, float] = {}
    longest = max(one.microseconds for one in layers)
    room = 0.012 * longest
    told = []
    for row, one in enumerate(layers):
        start = below.get(one.interface, 0.0) if one.below else 0.0
        _layer_bar(axes, row + 0.5, one, start, room)
        below[one.interface] = one.microseconds
        told.append(
            f"{one.interface} {one.name}: {one.microseconds:,.0f} microseconds, ratio to the layer "
            f"below {ratio_text(one.ratio)}."
        )
    axes.set_xlim(0, 1.16 * longest)
    axes.set_xlabel("microseconds (millionths of a second) of one core for a request")
    caption = (
        "Cost by layer. The pale part of a bar is what the layers below take, the patterned part "
        "what this layer adds. A layer that adds nothing that could be measured has no patterned "
        "part."
    )
    described = f"{caption} {' '.join(told)}"
    return Picture("layers", caption, described, svg(drawing, "layers", described))


def _layer_bar(axes: Axes, y: float, one: Layer, start: float, room: float) -> None:
    colour, hatch = COLOURS[one.interface], HATCHES[one.interface]
    axes.barh(y, min(start, one.microseconds), 0.6, color="#eef1f3", edgecolor=QUIET, linewidth=0.6)
    if one.microseconds > start:
        axes.barh(
            y, one.microseconds - start, 0.6, left=start, color="white", edgecolor=colour,
            hatch=hatch, linewidth=1.2,
        )  # fmt: skip
    axes.text(
        one.microseconds + room, y, f"{one.microseconds:,.0f}", va="center", size=9.5, color=INK
    )  # fmt: skip

"""The picture of who runs what."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lab.bench.report.svg import INK
from lab.decide.look import empty, headline
from lab.decide.offers import OPTIONS
from lab.decide.options import known, title

SIGNS = {"you": "you", "shared": "shared", "provider": "provider"}
FIELDS = {"you": ("#f6d9c9", "//"), "shared": ("#fbf0cd", ".."), "provider": ("#ffffff", "")}


def draw_responsibilities() -> Figure:
    """Draw who runs each layer in each option: a word and a pattern for each."""
    facts = known()
    figure = empty(5.2)
    headline(figure, "Who runs what")
    axes = figure.add_axes((0.245, 0.02, 0.745, 0.8))
    axes.set_xlim(0, len(OPTIONS))
    axes.set_ylim(len(facts.layers), 0)
    axes.set_axis_off()
    for column, option in enumerate(OPTIONS):
        name = title(option).replace(" ", "\n")
        axes.text(column + 0.5, -0.15, name, ha="center", va="bottom", size=9.5, color=INK)
        for row, layer in enumerate(facts.layers):
            _draw_field(axes, column, row, facts.runs[option][layer])
    for row, layer in enumerate(facts.layers):
        axes.text(-0.08, row + 0.5, layer, ha="right", va="center", size=9.5, color=INK)
    return figure


def _draw_field(axes: Axes, column: int, row: int, who: str) -> None:
    shade, hatch = FIELDS[who]
    axes.bar(
        column + 0.5, 0.88, 0.94, bottom=row + 0.06, facecolor=shade, edgecolor="#9aa5af",
        hatch=hatch, linewidth=1,
    )  # fmt: skip
    axes.text(
        column + 0.5, row + 0.5, SIGNS[who], ha="center", va="center", size=9.5, color=INK,
        weight="bold" if who == "you" else "normal",
        bbox={"facecolor": shade, "edgecolor": "none", "boxstyle": "round,pad=0.25"},
    )  # fmt: skip


def describe_responsibilities() -> str:
    """Return what the picture of responsibilities shows."""
    facts = known()
    told = []
    for option in OPTIONS:
        runs = facts.runs[option]
        parts = []
        for who, verb in (
            ("you", "you run"),
            ("shared", "shared are"),
            ("provider", "run for you"),
        ):
            layers = [layer for layer in facts.layers if runs[layer] == who]
            if layers:
                parts.append(f"{verb}: {', '.join(layers)}")
        told.append(f"{title(option)}: {'; '.join(parts)}.")
    return " ".join(["Who runs what in each option.", *told])

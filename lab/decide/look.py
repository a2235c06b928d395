"""The look that the pictures share: each option has a mark, a pattern and a colour of its own."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lab.bench.report.svg import INK, QUIET, style, tidy
from lab.decide.offers import OPTIONS

WIDTH: Final = 5.4  # inches: on a narrow screen a picture shrinks, and its text with it
HATCHES: Final = ("//", "..", "\\\\", "xx", "++", "oo", "--", "**")
SHADES: Final = ("#f6d9c9", "#dfe7f5", "#e4efdc", "#efe3f3", "#fbf0cd", "#dcecee", "#eeeeee")
PLAIN: Final = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # no line runs through text


def option_style(option: str) -> tuple[str, str, object]:
    """Return colour, mark and dashes of an option, the same in every picture."""
    return style(OPTIONS.index(option))


def empty(height: float) -> Figure:
    """Return an empty picture of this height in inches."""
    return Figure(figsize=(WIDTH, height), dpi=100, facecolor="white")


def rows_axes(figure: Figure, rows: int, *, bottom: float = 0.6, top: float = 0.5) -> Axes:
    """Return axes with this many rows, counted from the top, and room around it in inches."""
    height = figure.get_figheight()
    axes = figure.add_axes((0.03, bottom / height, 0.91, 1 - (bottom + top) / height))
    tidy(axes)
    axes.set_ylim(rows, 0)
    axes.set_yticks([])
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    return axes


def headline(figure: Figure, text: str) -> None:
    """Write what a picture shows above it."""
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.3 / height, text, size=13, weight="bold", color=INK)


def label(axes: Axes, row: float, text: str) -> None:
    """Write the name of a row, and its figures, above its bar."""
    axes.text(
        0, row, text, transform=axes.get_yaxis_transform(), va="top", size=10, color=INK, bbox=PLAIN
    )


def bars(axes: Axes, row: float, parts: dict[str, float], names: list[str]) -> None:
    """Draw parts one behind the other in a row. `names` fixes each part's pattern."""
    left = 0.0
    for name, value in parts.items():
        place = names.index(name)
        axes.barh(
            row, value, 0.34, left=left, facecolor=SHADES[place % len(SHADES)], edgecolor=QUIET,
            hatch=HATCHES[place % len(HATCHES)], linewidth=0.8,
        )  # fmt: skip
        left += value


def key_height(names: list[str]) -> float:
    """Return how many inches the explanation of these patterns takes."""
    return 0.24 * -(-len(names) // _columns(names))


def _columns(names: list[str]) -> int:
    return 2 if max(map(len, names)) <= 24 else 1


def key(axes: Axes, names: list[str]) -> None:
    """Explain the patterns below the axes."""
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=SHADES[place % len(SHADES)], edgecolor=QUIET,
            hatch=HATCHES[place % len(HATCHES)], label=name,
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, -0.42 / _inches(axes)), frameon=False,
        ncols=_columns(names), fontsize=9.5, labelcolor=INK, handlelength=2.4, handleheight=1.3,
    )  # fmt: skip


def _inches(axes: Axes) -> float:
    figure = axes.figure
    return float(axes.get_position().height * figure.get_figheight())  # type: ignore[union-attr]

"""What each of several readers makes of each of several inputs: as a table and as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lab.lessons.picture import INK, QUIET

TAKEN, REFUSED = "taken", "refused"

# What was taken is a white field with a tick, what was refused a hatched one with a cross.
TAKEN_STYLE = ("#ffffff", "", "\N{CHECK MARK}")
REFUSED_STYLE = ("#ece3dc", "///", "\N{BALLOT X}")

# Input -> reader -> what the reader made of it: "taken" or a value, or "refused" and a reason.
Grid = Mapping[str, Mapping[str, str]]


def is_refused(cell: str) -> bool:
    """Tell whether a cell of a grid says that the input was refused."""
    return cell.startswith(REFUSED)


def grid_table(grid: Grid, corner: str = "input") -> str:
    """Return the picture's words as lines of text; `corner` says what the rows are."""
    readers = _readers(grid)
    lines = [[corner, *readers]]
    lines += [[name, *(cells[reader] for reader in readers)] for name, cells in grid.items()]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def describe_grid(grid: Grid, title: str) -> str:
    """Return what the picture shows, for those who do not see it."""
    return " ".join(
        [f"{title}."] + [f"Column {reader}: {_fields(grid, reader)}." for reader in _readers(grid)]
    )


def _fields(grid: Grid, reader: str) -> str:
    return "; ".join(f"{name}, {_made(cells[reader])}" for name, cells in grid.items())


def _made(cell: str) -> str:
    return cell if is_refused(cell) or cell == TAKEN else f"{TAKEN} as {cell}"


def draw_grid(grid: Grid, title: str, note: str = "") -> Figure:
    """Draw a row for each input and a column for each reader, with the words in the fields."""
    readers = _readers(grid)
    width, height = 2.4 + 1.65 * len(readers), 1.65 + 0.36 * len(grid)
    figure = Figure(figsize=(width, height), dpi=100, facecolor="white")
    figure.text(0.02, 1 - 0.38 / height, title, size=15, weight="bold", color=INK)
    figure.text(0.02, 0.12 / height, note, size=9, color=QUIET, linespacing=1.4)
    axes = figure.add_axes(
        (2.3 / width, 0.6 / height, 1 - 2.4 / width, 1 - 1.6 / height),
        xlim=(0, len(readers)),
        ylim=(len(grid), 0),
    )
    axes.spines[:].set_visible(False)
    axes.xaxis.tick_top()
    axes.set_xticks([column + 0.5 for column in range(len(readers))], readers)
    axes.set_yticks([row + 0.5 for row in range(len(grid))], list(grid))
    axes.tick_params(length=0, labelsize=10, colors=INK)
    for row, cells in enumerate(grid.values()):
        for column, reader in enumerate(readers):
            _draw_cell(axes, row, column, cells[reader])
    return figure


def _draw_cell(axes: Axes, row: int, column: int, cell: str) -> None:
    colour, hatch, sign = REFUSED_STYLE if is_refused(cell) else TAKEN_STYLE
    axes.add_patch(
        Rectangle((column, row), 1, 1, facecolor=colour, hatch=hatch, edgecolor="#c3b7ae")
    )
    axes.add_patch(Rectangle((column, row), 1, 1, fill=False, edgecolor=QUIET, linewidth=0.8))
    axes.text(
        column + 0.5, row + 0.5, f"{sign} {cell}",
        ha="center", va="center", size=9.5, color=INK,
        bbox={"facecolor": colour, "edgecolor": "none", "boxstyle": "round,pad=0.2"},
    )  # fmt: skip


def _readers(grid: Grid) -> list[str]:
    return list(next(iter(grid.values())))

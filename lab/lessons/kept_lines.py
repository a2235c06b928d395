"""How many of the lines that were written are still to be found: as a table and as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure

from lab.lessons.picture import INK, QUIET

KEPT, LOST = "#0a6a74", "#b3470f"  # told apart by fill and by words, too
BAR = 0.5  # of a row's height
TITLE = "Several processes, one file that is rotated: which lines are still there?"

Kept = Mapping[str, int]  # what wrote the lines -> how many of them were found


def kept_table(kept: Kept, written: int) -> str:
    """Return the picture's numbers as lines of text."""
    rows = [["written by", "written", "found", "lost"]]
    rows += [[name, f"{written:,}", f"{n:,}", f"{written - n:,}"] for name, n in kept.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def describe_kept(kept: Kept, written: int) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{name}: {found:,} of {written:,} lines found, {written - found:,} lost."
        for name, found in kept.items()
    ]
    return " ".join([TITLE, *said])


def draw_kept(kept: Kept, written: int) -> Figure:
    """Draw a bar for each writer: the lines that were found, and behind them the lost ones."""
    height = 1.3 + 0.72 * len(kept)
    figure = Figure(figsize=(9, height), dpi=100, facecolor="white")
    figure.text(0.02, 1 - 0.42 / height, TITLE, size=15, weight="bold", color=INK)
    axes = figure.add_axes(
        (0.30, 0.55 / height, 0.52, 1 - 1.2 / height), xlim=(0, written), ylim=(len(kept), 0)
    )
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_yticks([row + 0.5 for row in range(len(kept))], list(kept))
    axes.tick_params(axis="y", length=0, labelsize=11, labelcolor=INK)
    axes.tick_params(axis="x", labelsize=9, colors=QUIET)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("lines", size=9, color=QUIET)
    for row, found in enumerate(kept.values()):
        lost = written - found
        axes.barh(row + 0.5, found, BAR, color=KEPT, edgecolor=KEPT, linewidth=1)
        if lost:
            axes.barh(
                row + 0.5, lost, BAR, left=found,
                color="white", edgecolor=LOST, hatch="////", linewidth=1,
            )  # fmt: skip
        axes.text(
            written * 1.02, row + 0.5, f"{lost:,} lost" if lost else "none lost",
            va="center", size=11, weight="bold", color=LOST if lost else KEPT,
        )  # fmt: skip
    return figure

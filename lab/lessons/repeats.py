"""How much a server keeps when the same request comes again: as a table and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from lab.lessons.picture import INK, QUIET

# Told apart by line, mark and the name at the line's end before any colour.
STYLES = (("#b3470f", "o", "-"), ("#0a6a74", "s", "--"), ("#5b3f8c", "^", ":"))

Counts = Mapping[str, Sequence[int]]


def table(counts: Counts) -> str:
    """Return a row for each request, and a column for each time that it was sent."""
    times = len(next(iter(counts.values())))
    width = max(map(len, [*counts, "times sent"]))
    rows = [["times sent".ljust(width), *[str(time) for time in range(1, times + 1)]]]
    rows += [[name.ljust(width), *map(str, kept)] for name, kept in counts.items()]
    return "\n".join("   ".join(row) for row in rows)


def describe(counts: Counts) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{name}: {', '.join(map(str, kept[:-1]))} and {kept[-1]}." for name, kept in counts.items()
    ]
    return " ".join(["How many the server keeps after each time a request is sent.", *said])


def draw(counts: Counts, what: str) -> Figure:
    """Draw a line for each request over the times that it was sent. `what` is what is counted."""
    figure = Figure(figsize=(9, 3.6), dpi=100, facecolor="white")
    axes = figure.add_axes((0.08, 0.16, 0.62, 0.68))
    figure.text(
        0.02, 0.91, "The same request, sent again and again", size=16, weight="bold", color=INK
    )
    times = range(1, len(next(iter(counts.values()))) + 1)
    for (name, kept), (colour, marker, line) in zip(counts.items(), STYLES, strict=False):
        axes.plot(
            times, kept,
            color=colour, marker=marker, linestyle=line, linewidth=2, markersize=8, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            name, (times[-1], kept[-1]), xytext=(14, 0), textcoords="offset points",
            va="center", size=11, color=colour, annotation_clip=False,
        )  # fmt: skip
    axes.set_xticks(list(times))
    axes.set_yticks(range(max(map(max, counts.values())) + 1))
    axes.set_ylim(bottom=-0.4)  # a line at 0 lies free of the axis
    axes.set_xlabel("times sent", color=QUIET)
    axes.set_ylabel(what, color=QUIET)
    axes.grid(axis="y", color="#dde2e7")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=QUIET)
    return figure

"""The look that all plots share, and a plot as SVG text that can stand inside a page."""

from __future__ import annotations

import re
from io import StringIO

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, QUIET, LINE = "#1c2733", "#5a6673", "#c9d0d6"
# Told apart by mark and by dashes first. The colours are dark enough on white for text, and differ
# for people who see colours differently.
STYLES = (
    ("#0a6a74", "s", "-"),
    ("#b3470f", "o", "--"),
    ("#5b3a9b", "^", "-."),
    ("#3d4c00", "D", ":"),
    ("#8c1d40", "v", (0, (6, 2, 1, 2, 1, 2))),
    ("#1c2733", "P", (0, (1, 1))),
    ("#00508c", "X", (0, (8, 2))),
)
WIDTH = 5.0  # inches: on a narrow screen the plot shrinks, and its text with it


def style(place: int) -> tuple[str, str, object]:
    """Return colour, mark and dashes of the line at this place."""
    return STYLES[place % len(STYLES)]


def new(height: float) -> Figure:
    """Return an empty plot of this height in inches."""
    return Figure(figsize=(WIDTH, height), facecolor="white")


def tidy(axes: Axes) -> None:
    """Take away what is not needed to read the axes."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(QUIET)
    axes.tick_params(colors=QUIET, labelsize=9.5)
    axes.xaxis.label.set(color=INK, size=10)
    axes.yaxis.label.set(color=INK, size=10)
    axes.grid(color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)


def svg(figure: Figure, name: str, described: str) -> str:
    """Return the plot as an SVG element. `described` is for those who do not see it."""
    out = StringIO()
    # Text stays text: it can be searched, and it takes a fraction of the room.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    element = text[text.index("<svg") :]
    element = re.sub(r"<metadata>.*?</metadata>", "", element, flags=re.DOTALL)
    # Several plots stand in one page, where a name may be given once.
    element = re.sub(r'\bid="', f'id="{name}-', element)
    element = re.sub(r"url\(#", f"url(#{name}-", element)
    element = re.sub(r'href="#', f'href="#{name}-', element)
    label = described.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return element.replace("<svg", f'<svg role="img" aria-label="{label}"', 1).strip()

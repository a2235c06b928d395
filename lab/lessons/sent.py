"""What each consumer has sent, from the notes of a relay: as a table and as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from lab.lessons.picture import INK, QUIET
from lab.lessons.wire import Exchange

HEADERS, BODY = ("#0a6a74", "//"), ("#b3470f", "")


def table(sent: Mapping[str, Exchange]) -> str:
    """Return a row for each consumer: what differs between their requests, and what does not."""
    rows = [["consumer", "request", "in", "as", "first line and headers", "body", "answer"]]
    for name, exchange in sent.items():
        rows.append(
            [
                name,
                f"{exchange.method} {exchange.path}",
                exchange.protocol,
                exchange.header("Content-Type"),
                f"{exchange.header_bytes} bytes",
                f"{len(exchange.body)} bytes",
                str(exchange.status),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def describe(sent: Mapping[str, Exchange]) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{name}: {exchange.header_bytes} bytes of first line and headers, "
        f"{len(exchange.body)} of body."
        for name, exchange in sent.items()
    ]
    return " ".join(["How many bytes each consumer sends for one price.", *said])


def draw(sent: Mapping[str, Exchange]) -> Figure:
    """Draw a bar for each consumer: how many bytes come before the body, and the body's."""
    figure = Figure(figsize=(9, 1.5 + 0.5 * len(sent)), dpi=100, facecolor="white")
    height = figure.get_figheight()
    axes = figure.add_axes((0.2, 0.55 / height, 0.76, 1 - 1.45 / height))
    figure.text(
        0.02, 1 - 0.4 / height, "What each consumer sends for one price",
        size=16, weight="bold", color=INK,
    )  # fmt: skip
    for row, exchange in enumerate(sent.values()):
        start = 0
        for count, (colour, hatch) in (
            (exchange.header_bytes, HEADERS),
            (len(exchange.body), BODY),
        ):
            axes.barh(
                row, count, 0.66, left=start,
                facecolor="white", edgecolor=colour, hatch=hatch, linewidth=2,
            )  # fmt: skip
            axes.text(
                start + count / 2, row, str(count),
                ha="center", va="center", size=9.5, color=colour,
                bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.2"},
            )  # fmt: skip
            start += count
    parts = {"first line and headers": HEADERS, "body": BODY}
    figure.legend(
        handles=[
            Patch(facecolor="white", edgecolor=colour, hatch=hatch, linewidth=2, label=word)
            for word, (colour, hatch) in parts.items()
        ],
        loc="upper left", bbox_to_anchor=(0.19, 1 - 0.45 / height), ncols=2, frameon=False,
        labelcolor=INK,
    )  # fmt: skip
    axes.set_yticks(range(len(sent)), list(sent), size=11, color=INK)
    axes.set_ylim(len(sent) - 0.5, -0.5)
    axes.set_xlabel("bytes", size=9, color=QUIET)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", colors=QUIET, labelsize=9)
    return figure

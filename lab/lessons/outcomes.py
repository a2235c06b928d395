"""What each consumer makes of each change to the contract: tried, as a table and as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lab.lessons.picture import INK, QUIET
from lab.lessons.wire import Relay, Rewrite

Consumer = Callable[[], object]

WORKS, FAILS, WRONG = "works", "fails", "wrong"

# A sign, a pattern and a shade for each: no two are told apart by colour alone.
SIGNS = {WORKS: "\N{CHECK MARK}", FAILS: "\N{BALLOT X}", WRONG: "!"}
STYLES = {WORKS: ("#ffffff", ""), FAILS: ("#f6d9c9", "//"), WRONG: ("#dfe7f5", "..")}


@dataclass(frozen=True)
class Outcome:
    """How a consumer fared: works, fails with an error, or goes on with something wrong."""

    kind: str
    said: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.said}" if self.said else self.kind


Outcomes = Mapping[str, Mapping[str, Outcome]]


def try_changes(
    relay: Relay, changes: Mapping[str, Rewrite], consumers: Mapping[str, Consumer]
) -> Outcomes:
    """Let each consumer ask for a price through the relay under each change of the answer.

    First each asks without a change: what it gets then is the right price. Whatever the
    consumers do, the relay changes nothing afterwards.
    """
    relay.rewrite = None
    right = {name: ask() for name, ask in consumers.items()}
    outcomes: dict[str, dict[str, Outcome]] = {}
    try:
        for change, rewrite in changes.items():
            relay.rewrite = rewrite
            outcomes[change] = {name: _try(ask, right[name]) for name, ask in consumers.items()}
    finally:
        relay.rewrite = None
    return outcomes


def _try(ask: Consumer, right: object) -> Outcome:
    try:
        got = ask()
    except Exception as error:  # whatever a client raises is what is looked for
        return Outcome(FAILS, type(error).__name__)
    if type(got) is not type(right):
        return Outcome(WRONG, f"took {type(got).__name__} for a price")
    return Outcome(WORKS) if got == right else Outcome(WRONG, "another price")


def table(outcomes: Outcomes) -> str:
    """Return the outcomes as lines of text: a row for each change, a column for each consumer."""
    consumers = list(next(iter(outcomes.values())))
    rows = [["change", *consumers]]
    rows += [[change, *map(str, fared.values())] for change, fared in outcomes.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def describe(outcomes: Outcomes) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = []
    for change, fared in outcomes.items():
        parts = [f"{name} {outcome}" for name, outcome in fared.items()]
        said.append(f"{change}: {', '.join(parts)}.")
    return " ".join(["What each consumer makes of each change.", *said])


def draw(outcomes: Outcomes) -> Figure:
    """Draw a field for each change and consumer: a sign, a word and a pattern of its own."""
    consumers = list(next(iter(outcomes.values())))
    figure = Figure(figsize=(9, 1.0 + 0.52 * len(outcomes)), dpi=100, facecolor="white")
    height = figure.get_figheight()
    axes = figure.add_axes((0.36, 0.08 / height, 0.63, 1 - 0.98 / height))
    axes.set_xlim(0, len(consumers))
    axes.set_ylim(len(outcomes), 0)
    axes.set_axis_off()
    figure.text(
        0.01, 1 - 0.4 / height, "Who survives which change?", size=16, weight="bold", color=INK
    )
    for column, name in enumerate(consumers):
        axes.text(column + 0.5, -0.12, name, ha="center", va="bottom", size=11, color=INK)
    for row, (change, fared) in enumerate(outcomes.items()):
        axes.text(-0.06, row + 0.5, change, ha="right", va="center", size=11, color=INK)
        for column, outcome in enumerate(fared.values()):
            _draw_field(axes, column, row, outcome)
    return figure


def _draw_field(axes: Axes, column: int, row: int, outcome: Outcome) -> None:
    shade, hatch = STYLES[outcome.kind]
    axes.bar(
        column + 0.5, 0.86, 0.94, bottom=row + 0.07,
        facecolor=shade, edgecolor="#9aa5af", hatch=hatch, linewidth=1,
    )  # fmt: skip
    plain = {"facecolor": shade, "edgecolor": "none", "boxstyle": "round,pad=0.2"}
    axes.text(
        column + 0.5, row + (0.36 if outcome.said else 0.5),
        f"{SIGNS[outcome.kind]} {outcome.kind}",
        ha="center", va="center", size=11, weight="bold", color=INK, bbox=plain,
    )  # fmt: skip
    if outcome.said:
        axes.text(
            column + 0.5, row + 0.72, outcome.said,
            ha="center", va="center", size=8.5, color=QUIET, bbox=plain,
        )  # fmt: skip

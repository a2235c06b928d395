"""Pictures of a case: costs over load, bills, points, sensitivity, and who wins how often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from lab.bench.report.svg import INK, LINE, QUIET, tidy
from lab.decide.case import HIGHEST_SCORE, Case
from lab.decide.comparison import Comparison, Sensitivity, compare, sensitivities, wins
from lab.decide.cost import bills
from lab.decide.curves import Curve, crossings, curves
from lab.decide.figures import figures, middle
from lab.decide.look import bars, empty, headline, key, label, option_style, rows_axes
from lab.decide.offers import OPTIONS, OptionName
from lab.decide.options import known, title
from lab.decide.words import dollars, load, points, share

SIGNS = {"you": "you", "shared": "shared", "provider": "provider"}
FIELDS = {"you": ("#f6d9c9", "//"), "shared": ("#fbf0cd", ".."), "provider": ("#ffffff", "")}


def draw_responsibilities() -> Figure:
    """Draw who runs each layer in each option: a word and a pattern for each."""
    facts = known()
    figure = empty(5.2)
    headline(figure, "Who runs what")
    axes = figure.add_axes((0.21, 0.02, 0.78, 0.8))
    axes.set_xlim(0, len(OPTIONS))
    axes.set_ylim(len(facts.layers), 0)
    axes.set_axis_off()
    for column, option in enumerate(OPTIONS):
        name = title(option).replace(" ", "\n")
        axes.text(column + 0.5, -0.15, name, ha="center", va="bottom", size=10.5, color=INK)
        for row, layer in enumerate(facts.layers):
            _draw_field(axes, column, row, facts.runs[option][layer])
    for row, layer in enumerate(facts.layers):
        axes.text(-0.08, row + 0.5, layer, ha="right", va="center", size=10.5, color=INK)
    return figure


def _draw_field(axes: Axes, column: int, row: int, who: str) -> None:
    shade, hatch = FIELDS[who]
    axes.bar(
        column + 0.5, 0.88, 0.94, bottom=row + 0.06, facecolor=shade, edgecolor="#9aa5af",
        hatch=hatch, linewidth=1,
    )  # fmt: skip
    axes.text(
        column + 0.5, row + 0.5, SIGNS[who], ha="center", va="center", size=10, color=INK,
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


def draw_costs(case: Case) -> Figure:
    """Draw what each option costs over the load, with its range and where the middles cross."""
    found = curves(case)
    figure = empty(5.0 + 0.24 * len(found))
    headline(figure, "Cost over load")
    height = figure.get_figheight()
    legend = 0.4 + 0.24 * len(found)
    axes = figure.add_axes(
        (0.18, 0.6 / height, 0.77, 1 - (0.5 + legend) / height), xscale="log", yscale="log"
    )
    tidy(axes)
    for option, curve in found.items():
        _draw_curve(axes, option, curve)
    for first, second in _pairs(case):
        for one in crossings(case, first, second):
            axes.plot(
                [one.load], [one.dollars], "o", markersize=9, markerfacecolor="none",
                markeredgecolor=INK, markeredgewidth=1.6,
            )  # fmt: skip
    requests = figures(case)["load.requests"]
    axes.axvspan(requests.low / 1.02, requests.high * 1.02, color=LINE, alpha=0.6, zorder=0)
    axes.set_xlim(1e3, 1e9)
    axes.set_ylim(bottom=max(axes.get_ylim()[0], 0.01))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: load(value)))
    axes.yaxis.set_major_locator(LogLocator(numticks=10))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:,.12g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("requests in a usual month (grey: those of the case; rings: crossing points)")
    axes.set_ylabel("dollars a month")
    figure.legend(
        loc="upper left", bbox_to_anchor=(0.1, 1 - 0.35 / height), frameon=False, fontsize=9.5,
        labelcolor=INK, handlelength=4,
    )  # fmt: skip
    return figure


def _draw_curve(axes: Axes, option: OptionName, curve: Curve) -> None:
    colour, sign, dashes = option_style(option)
    axes.fill_between(curve.loads, curve.low, curve.high, color=colour, alpha=0.12, linewidth=0)
    start = 8 * OPTIONS.index(option)
    axes.plot(
        curve.loads, curve.middle, color=colour, linestyle=dashes, linewidth=2, label=title(option),
        marker=sign, markevery=(start, 40), markersize=6, markerfacecolor="white",
    )  # fmt: skip


def _pairs(case: Case) -> list[tuple[OptionName, OptionName]]:
    costs = bills(case, middle(case))
    return list(combinations([one for one in case.options if costs[one].known], 2))


def describe_costs(case: Case) -> str:
    """Return what the picture of costs shows."""
    requests = figures(case)["load.requests"].middle
    costs = bills(case, middle(case))
    told = [
        f"{title(option)} costs {dollars(float(one.total))} a month"
        for option, one in costs.items()
        if one.known
    ]
    met = [
        f"From {load(one.load)} requests a month on, {title(one.above)} costs less than "
        f"{title(one.below)}."
        for first, second in _pairs(case)
        for one in crossings(case, first, second)
    ]
    return " ".join([
        f"Cost over load. At {load(requests)} requests a month, {', '.join(told)}.",
        *(met or ["No two of the lines cross."]),
    ])  # fmt: skip


def draw_bills(case: Case) -> Figure:
    """Draw what each option costs in a month, line by line."""
    costs = {option: one for option, one in bills(case, middle(case)).items() if one.known}
    names = list(dict.fromkeys(name for one in costs.values() for name in one.lines))
    figure = empty(1.2 + 0.24 * -(-len(names) // 3) + 0.62 * len(costs))
    headline(figure, "What a month costs")
    axes = rows_axes(figure, len(costs), bottom=0.65 + 0.24 * -(-len(names) // 3))
    for row, (option, one) in enumerate(costs.items()):
        label(axes, row + 0.06, f"{title(option)}: {dollars(float(one.total))}")
        bars(axes, row + 0.7, {name: float(value) for name, value in one.lines.items()}, names)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:,g}"))
    axes.set_xlabel("dollars a month, with the middle of every range")
    key(axes, names)
    return figure


def describe_bills(case: Case) -> str:
    """Return what the picture of bills shows."""
    told = []
    for option, one in bills(case, middle(case)).items():
        if one.known:
            lines = ", ".join(f"{name} {dollars(float(v))}" for name, v in one.lines.items())
            told.append(f"{title(option)}: {dollars(float(one.total))}, of that {lines}.")
    return " ".join(["What a month costs.", *told])


def draw_standings(case: Case) -> Figure:
    """Draw the points of each compared option, criterion by criterion."""
    found = compare(case)
    names = [one.title for one in case.criteria.values()]
    lines = -(-len(names) // 3)
    figure = empty(1.2 + 0.24 * lines + 0.62 * len(found.standings))
    headline(figure, f"{title(found.winner)} has the most points")
    axes = rows_axes(figure, len(found.standings), bottom=0.65 + 0.24 * lines)
    for row, one in enumerate(found.standings):
        label(axes, row + 0.06, f"{title(one.option)}: {points(one.total)}")
        bars(axes, row + 0.7, {case.criteria[n].title: p for n, p in one.points.items()}, names)
    axes.set_xlim(0, HIGHEST_SCORE)
    axes.set_xlabel("points: weight times score, 10 at most")
    key(axes, names)
    return figure


def describe_standings(case: Case) -> str:
    """Return what the picture of points shows."""
    found: Comparison = compare(case)
    told = [f"{title(one.option)} {points(one.total)}" for one in found.standings]
    return f"Points of 10: {', '.join(told)}. {title(found.winner)} has the most."


def draw_sensitivity(case: Case) -> Figure:
    """Draw for each criterion its weight now, and the weights at which another option wins."""
    found = sensitivities(case)
    winner = title(compare(case).winner)
    figure = empty(1.3 + 0.75 * len(found))
    headline(figure, f"Where another option than {winner} wins")
    axes = rows_axes(figure, len(found))
    for row, one in enumerate(found):
        label(axes, row + 0.06, f"{case.criteria[one.criterion].title}: {_turns(one)}")
        _draw_scale(axes, row + 0.66, one)
    axes.set_xlim(-0.02, 1.02)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axes.set_xlabel(f"weight, as a share of all (diamond: now; hatched: {winner} no longer wins)")
    return figure


def _draw_scale(axes: Axes, row: float, one: Sensitivity) -> None:
    low, high = (one.down.share if one.down else 0.0), (one.up.share if one.up else 1.0)
    kept, lost = option_style("on-premises")[0], option_style("iaas")[0]
    axes.barh(row, high - low, 0.2, left=low, color=kept, alpha=0.25)
    for left, width in ((0.0, low), (high, 1 - high)):
        axes.barh(row, width, 0.2, left=left, color="white", edgecolor=lost, hatch="//")
    axes.plot([one.share], [row], "D", color=INK, markersize=8)


def _turns(one: Sensitivity) -> str:
    told = [
        f"{word} {share(turn.share)} {title(turn.winner)}"
        for word, turn in (("below", one.down), ("above", one.up))
        if turn
    ]
    return f"{share(one.share)} now; {', '.join(told) or 'no weight changes the winner'}"


def describe_sensitivity(case: Case) -> str:
    """Return what the picture of the sensitivity shows."""
    told = [f"{case.criteria[one.criterion].title}: {_turns(one)}." for one in sensitivities(case)]
    return " ".join([f"{title(compare(case).winner)} wins with the weights of the case.", *told])


def draw_wins(case: Case) -> Figure:
    """Draw how often each compared option wins when weights, scores and figures vary."""
    found = wins(case)
    figure = empty(1.1 + 0.55 * len(found))
    headline(figure, "How often each wins")
    axes = rows_axes(figure, len(found))
    for row, (option, part) in enumerate(found.items()):
        colour, _, _ = option_style(option)
        label(axes, row + 0.06, f"{title(option)}: {share(part)}")
        axes.barh(row + 0.7, part, 0.3, facecolor=colour, alpha=0.75, edgecolor=QUIET)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axes.set_xlabel("of 4,000 draws of every weight, score and figure from its range")
    return figure


def describe_wins(case: Case) -> str:
    """Return what the picture of the draws shows."""
    told = [f"{title(option)} {share(part)}" for option, part in wins(case).items()]
    return f"How often each option wins when everything varies within its range: {', '.join(told)}."


PICTURES: Final[Mapping[str, tuple[Callable[[Case], Figure], Callable[[Case], str]]]] = {
    "bills": (draw_bills, describe_bills),
    "costs": (draw_costs, describe_costs),
    "standings": (draw_standings, describe_standings),
    "sensitivity": (draw_sensitivity, describe_sensitivity),
    "wins": (draw_wins, describe_wins),
    "responsibilities": (
        lambda _: draw_responsibilities(),
        lambda _: describe_responsibilities(),
    ),
}

"""Pictures of what a case costs: over the load, and line by line."""

from __future__ import annotations

from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter

from lab.bench.report.svg import INK, LINE, tidy
from lab.decide.case import Case
from lab.decide.cost import bills
from lab.decide.curves import Curve, crossings, curves
from lab.decide.figures import figures, middle
from lab.decide.look import bars, empty, headline, key, key_height, label, option_style, rows_axes
from lab.decide.offers import OPTIONS, OptionName
from lab.decide.options import title
from lab.decide.words import dollars, load


def draw_costs(case: Case) -> Figure:
    """Draw what each option costs over the load, with its range and where the middles cross."""
    found = curves(case)
    if not found:
        return _unknown()
    legend = 0.4 + 0.24 * -(-len(found) // 2)
    figure = empty(4.3 + legend)
    headline(figure, "Dollars a month, over the load")
    height = figure.get_figheight()
    axes = figure.add_axes(
        (0.2, 0.75 / height, 0.72, 1 - (0.75 + legend) / height), xscale="log", yscale="log"
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
    _scale(axes)
    figure.legend(
        loc="upper left", bbox_to_anchor=(0.02, 1 - 0.35 / height), frameon=False, fontsize=9.5,
        labelcolor=INK, handlelength=4, ncols=2,
    )  # fmt: skip
    return figure


def _scale(axes: Axes) -> None:
    axes.set_xlim(1e3, 1e9)
    axes.set_ylim(bottom=max(axes.get_ylim()[0], 0.01))
    axes.xaxis.set_major_locator(FixedLocator([1e3, 1e5, 1e7, 1e9]))
    axes.xaxis.set_minor_locator(FixedLocator([1e4, 1e6, 1e8]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: load(value)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_locator(LogLocator(numticks=10))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:,.12g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("requests in a usual month\n(grey: those of the case; rings: crossing points)")


def _unknown() -> Figure:
    figure = empty(0.6)
    headline(figure, "No cost is known")
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
    if not told:
        return "Cost over load. No cost is known."
    return " ".join([
        f"Cost over load. At {load(requests)} requests a month, {', '.join(told)}.",
        *(met or ["No two of the lines cross."]),
    ])  # fmt: skip


def draw_bills(case: Case) -> Figure:
    """Draw what each option costs in a month, line by line."""
    costs = {option: one for option, one in bills(case, middle(case)).items() if one.known}
    if not costs:
        return _unknown()
    names = list(dict.fromkeys(name for one in costs.values() for name in one.lines))
    figure = empty(1.2 + key_height(names) + 0.62 * len(costs))
    headline(figure, "What a month costs")
    axes = rows_axes(figure, len(costs), bottom=0.65 + key_height(names))
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
    return " ".join(["What a month costs.", *(told or ["No cost is known."])])

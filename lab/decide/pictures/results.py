"""Pictures of a comparison: points, the weights that would change it, and who wins how often."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from lab.bench.report.svg import INK, QUIET
from lab.decide.case import HIGHEST_SCORE, Case
from lab.decide.chances import DRAWS, wins
from lab.decide.comparison import compare
from lab.decide.look import bars, empty, headline, key, key_height, label, option_style, rows_axes
from lab.decide.options import title
from lab.decide.sensitivity import Sensitivity, sensitivities
from lab.decide.words import points, share


def draw_standings(case: Case) -> Figure:
    """Draw the points of each compared option, criterion by criterion."""
    found = compare(case)
    names = [one.title for one in case.criteria.values()]
    figure = empty(1.2 + key_height(names) + 0.62 * len(found.standings))
    headline(figure, f"{title(found.winner)} has the most points")
    axes = rows_axes(figure, len(found.standings), bottom=0.65 + key_height(names))
    for row, one in enumerate(found.standings):
        label(axes, row + 0.06, f"{title(one.option)}: {points(one.total)}")
        bars(axes, row + 0.7, {case.criteria[n].title: p for n, p in one.points.items()}, names)
    axes.set_xlim(0, HIGHEST_SCORE)
    axes.set_xlabel("points: weight times score, 10 at most")
    key(axes, names)
    return figure


def describe_standings(case: Case) -> str:
    """Return what the picture of points shows."""
    found = compare(case)
    told = [f"{title(one.option)} {points(one.total)}" for one in found.standings]
    return f"Points of 10: {', '.join(told)}. {title(found.winner)} has the most."


def draw_sensitivity(case: Case) -> Figure:
    """Draw for each criterion its weight now, and the weights at which another option wins."""
    found = sensitivities(case)
    winner = title(compare(case).winner)
    figure = empty(1.45 + 0.85 * len(found))
    headline(figure, "Weights that change the winner")
    axes = rows_axes(figure, len(found), bottom=0.75)
    for row, one in enumerate(found):
        label(axes, row + 0.06, f"{case.criteria[one.criterion].title}\n{_turns(one)}")
        _draw_scale(axes, row + 0.72, one)
    axes.set_xlim(-0.02, 1.02)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axes.set_xlabel(f"weight, as a share of all\n(diamond: now; hatched: {winner} no longer wins)")
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
    axes.set_xlabel(f"of {DRAWS:,} draws of every weight, score and figure from its range")
    return figure


def describe_wins(case: Case) -> str:
    """Return what the picture of the draws shows."""
    told = [f"{title(option)} {share(part)}" for option, part in wins(case).items()]
    return f"How often each option wins when everything varies within its range: {', '.join(told)}."

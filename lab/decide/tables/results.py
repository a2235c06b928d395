"""Tables of a comparison: points, what would change the winner, and who wins how often."""

from __future__ import annotations

from lab.bench.report.document import Table
from lab.decide.case import Case
from lab.decide.chances import cheapest_share, wins
from lab.decide.comparison import compare
from lab.decide.figures import figures
from lab.decide.flips import flip
from lab.decide.options import title
from lab.decide.sensitivity import sensitivities
from lab.decide.words import SPACE, number, points, share


def score_table(case: Case) -> Table:
    """Return the weighted comparison: scores, and points in brackets."""
    found = compare(case)
    rows = []
    for name, criterion in case.criteria.items():
        cells = [
            f"{found.scores[name][one.option]:.1f}{SPACE}({points(one.points[name])})"
            for one in found.standings
        ]
        rows.append((criterion.title, share(found.shares[name]), *cells, criterion.measure))
    rows.append(("Points", share(1), *(points(one.total) for one in found.standings), ""))
    notes = tuple(
        f"{title(option)} is not compared. {why}" for option, why in found.left_out.items()
    )
    head = ("Criterion", "Weight", *(title(one.option) for one in found.standings), "Measure")
    numbers = frozenset(range(1, len(head) - 1))
    return Table("Score (points)", head, tuple(rows), notes, numbers)


def sensitivity_table(case: Case) -> Table:
    """Return how far each weight may move before another option wins."""
    rows = []
    for one in sensitivities(case):
        ways = [
            f"{share(turn.share)}: {title(turn.winner)}" if turn else "none"
            for turn in (one.down, one.up)
        ]
        move = "-" if one.nearest is None else f"{100 * one.nearest:.1f} points"
        rows.append((case.criteria[one.criterion].title, share(one.share), *ways, move))
    return Table(
        "The weight that would change the winner",
        ("Criterion", "Weight now", "Below", "Above", "Nearest, in percentage points"),
        tuple(rows),
        ("The other weights keep their proportions. None: no such weight changes the winner.",),
        frozenset({1}),
    )


def win_table(case: Case) -> Table:
    """Return how often each option wins, and is the cheapest, when everything varies."""
    won, cheap = wins(case), cheapest_share(case)
    rows = [
        (title(one), share(won[one]), share(cheap[one]) if one in cheap else "-") for one in won
    ]
    return Table(
        "How often",
        ("Option", "Wins", "Is the cheapest"),
        tuple(rows),
        ("Each weight, score and figure is drawn evenly from its range, 4,000 times.",),
        frozenset({1, 2}),
    )


def flip_table(case: Case, *names: str) -> Table:
    """Return the figures that would change the winner, each by itself: all, or these."""
    told = names or tuple(figures(case))
    rows = []
    for name in told:
        one = flip(case, name)
        if not names and one.below is None and one.above is None:
            continue
        ways = [
            f"{number(way[0])}: {title(way[1])}" if way else "none"
            for way in (one.below, one.above)
        ]
        rows.append((name, f"{number(one.now)} {one.unit}".strip(), *ways))
    return Table(
        "The figure that would change the winner",
        ("Figure", "Now (middle)", "Below", "Above"),
        tuple(rows) or (("no figure by itself", "-", "-", "-"),),
        ("Each is moved alone, to a thousandth and to a thousand times of what it is.",),
        frozenset({1}),
    )

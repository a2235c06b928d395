"""The tables of a case: the numbers of its pictures, and what they are computed from."""

from __future__ import annotations

import textwrap
from itertools import combinations, zip_longest
from typing import Final

from lab.bench.report.document import Table
from lab.decide.case import Case
from lab.decide.chances import cheapest_share, wins
from lab.decide.comparison import compare
from lab.decide.cost import bills, busiest
from lab.decide.curves import crossing_range, crossings, curves, load_grid
from lab.decide.figures import cheapest, dearest, figures, middle
from lab.decide.flips import flip
from lab.decide.offers import OPTIONS, OptionName, prices
from lab.decide.options import known, title
from lab.decide.quantities import Quantity
from lab.decide.sensitivity import sensitivities
from lab.decide.words import SPACE, dollars, load, number, points, share

WIDEST: Final = 44  # characters of a cell in a line of text


def responsibilities() -> Table:
    """Return who runs what."""
    facts = known()
    rows = [(layer, *(facts.runs[option][layer] for option in OPTIONS)) for layer in facts.layers]
    notes = tuple(
        f"{title(option)}, {layer}: {text}."
        for option, each in facts.notes.items()
        for layer, text in each.items()
    )
    head = ("Layer", *(title(option) for option in OPTIONS))
    return Table("Who runs what", head, tuple(rows), notes)


def statements(*options: OptionName) -> Table:
    """Return what is said of these options, or of all, each with its measure."""
    facts = known()
    rows = [
        (title(one.option), "for it" if one.side == "pro" else "against it", one.claim, one.measure,
         one.here)
        for one in facts.statement
        if not options or one.option in options
    ]  # fmt: skip
    return Table(
        "What is said, and how to measure it",
        ("Option", "Side", "What is said", "Measure", "Where to look"),
        tuple(rows),
    )


def price_list(*options: OptionName) -> Table:
    """Return the price list, with the day and the confidence of each price."""
    rows = []
    for one in prices().offer:
        if options and one.option not in options:
            continue
        told = [
            f"{name.replace('_', ' ')} {value.written}"
            for name in type(one).model_fields
            if isinstance(value := getattr(one, name), Quantity)
        ]
        gaps = ", ".join(one.gaps) or "-"
        rows.append((title(one.option), one.name, "; ".join(told) or "none known", gaps,
                     f"{one.date} ({one.confidence})"))  # fmt: skip
    rows += [
        (title(one.option), one.name, "none known", "everything", prices().date)
        for one in prices().unknown
        if not options or one.option in options
    ]
    return Table(
        "List prices",
        ("Option", "Offer", "Price", "Not known", "Seen (confidence)"),
        tuple(rows),
        ("B: an official page of that date. C: a third party. Look anew before you decide.",),
    )


def bill_table(case: Case) -> Table:
    """Return what each option costs in a month, line by line, with its range."""
    values, seasons = middle(case), len(set(case.load.months)) > 1
    costs = bills(case, values)
    low, high = bills(case, cheapest(case)), bills(case, dearest(case))
    names = list(dict.fromkeys(name for one in costs.values() for name in one.lines))
    rows, notes = [], []
    for option, one in costs.items():
        if not one.known:
            rows.append((title(option), *["not known"] * (len(names) + 2 + seasons)))
            notes.append(f"{title(option)}: without {', '.join(one.unknown)} there is no cost.")
            continue
        lines = [dollars(float(one.lines[n])) if n in one.lines else "-" for n in names]
        between = f"{dollars(float(low[option].total))} to {dollars(float(high[option].total))}"
        most = [dollars(float(busiest(case, option, values).total))] if seasons else []
        rows.append((title(option), *lines, dollars(float(one.total)), *most, between))
    left_out = [title(option) for option, one in costs.items() if one.not_counted]
    if left_out:
        notes.append(
            f"Egress, the data that leaves, is not counted for {', '.join(left_out)}: "
            "its price is not known."
        )
    more = ["Busiest month"] if seasons else []
    head = (
        "Option",
        *(name.capitalize() for name in names),
        "Together",
        *more,
        "At best and worst",
    )
    numbers = frozenset(range(1, len(head)))
    return Table("Dollars a month", head, tuple(rows), tuple(notes), numbers)


def curve_table(case: Case) -> Table:
    """Return what each option costs at some loads, and which is the cheapest there."""
    loads = load_grid(1e3, 1e9, 7)
    found = curves(case, loads)
    rows = []
    for place, requests in enumerate(loads):
        costs = {option: float(curve.middle[place]) for option, curve in found.items()}
        least = title(min(costs, key=costs.__getitem__)) if costs else "not known"
        rows.append((load(float(requests)), *(dollars(one) for one in costs.values()), least))
    head = ("Requests a month", *(title(option) for option in found), "Cheapest")
    return Table("Cost over load", head, tuple(rows), (), frozenset(range(1, len(head) - 1)))


def crossing_table(case: Case) -> Table:
    """Return where the costs of any two options cross, and how sure that is."""
    priced = [one for one, cost in bills(case, middle(case)).items() if cost.known]
    rows = []
    for first, second in combinations(priced, 2):
        told = [
            f"from {load(one.load)} on {title(one.above)}" for one in crossings(case, first, second)
        ]
        span = crossing_range(case, first, second)
        nine = f"{load(span.low)} to {load(span.high)}" if span.share else "-"
        pair = f"{title(first)} and {title(second)}"
        rows.append((pair, "; ".join(told) or "they do not cross", nine, share(span.share)))
    return Table(
        "Crossing points",
        ("Options", "Cheaper, with the middle of every range", "First crossing, nine of ten draws",
         "Draws that cross"),
        tuple(rows) or (("no two with a known cost", "-", "-", "-"),),
        ("In requests a month, from 1,000 to a billion. Beyond that nothing is looked for. The "
         "range is that of the draws which cross: two may do so in some draws, and not "
         "in the middle.",),
    )  # fmt: skip


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


def figure_table(case: Case) -> Table:
    """Return every figure that is computed with, its range, and where it comes from."""
    rows = [
        (
            name,
            one.written,
            one.source or "the case",
            " ".join(filter(None, (one.date, one.confidence))),
        )
        for name, one in figures(case).items()
    ]
    return Table("Figures", ("Figure", "Value", "Source", "Seen"), tuple(rows))


def text(table: Table) -> str:
    """Return a table as lines of text. A long cell goes on in the next line."""
    whole = (table.head, *table.rows)
    rows = [[textwrap.wrap(cell, WIDEST) or [""] for cell in row] for row in whole]
    widths = [
        max(len(line) for cell in column for line in cell) for column in zip(*rows, strict=True)
    ]
    lines = []
    for row in rows:
        for cells in zip_longest(*row, fillvalue=""):
            aligned = [
                cell.rjust(width) if place in table.numbers else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            lines.append("  ".join(aligned).rstrip())
    return "\n".join([table.caption, *lines, *table.notes])

"""Tables of what a case costs, and of the figures that its costs are computed from."""

from __future__ import annotations

from itertools import combinations

from lab.bench.report.document import Table
from lab.decide.case import Case
from lab.decide.cost import bills, busiest
from lab.decide.curves import crossing_range, crossings, curves, load_grid
from lab.decide.figures import cheapest, dearest, figures, middle
from lab.decide.options import title
from lab.decide.words import dollars, load, share


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

"""Tables of what is known without a case: who runs what, what is said, and the list prices."""

from __future__ import annotations

from lab.bench.report.document import Table
from lab.decide.offers import OPTIONS, OptionName, prices
from lab.decide.options import known, title
from lab.decide.quantities import Quantity


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

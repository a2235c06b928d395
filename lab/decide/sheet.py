"""The decision sheet of a case: one document, for the terminal and as a page to hand in."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from lab.bench.report.document import Block, Document, Picture, Points, Section, Table, Text
from lab.decide import tables
from lab.decide.case import Case
from lab.decide.chances import wins
from lab.decide.comparison import compare
from lab.decide.options import known, title
from lab.decide.sensitivity import Sensitivity, sensitivities
from lab.decide.words import SPACE, points, share


def sheet(case: Case, basis: str = "", *, drawn: bool = True) -> Document:
    """Return everything that is to be said of a case, with pictures unless it is for a terminal.

    `basis` says where its seconds come from.
    """
    found = [
        Section("case", "The case", _case(case, basis)),
        Section("cost", "What it costs", _cost(case, drawn)),
        Section("comparison", "What else matters", _comparison(case, drawn)),
        Section("sensitivity", "How sure that is", _sensitivity(case, drawn)),
        Section("options", "The options", _options(case, drawn)),
        Section("figures", "What it is computed from", _figures(case)),
    ]
    return Document(case.title, conclusion(case), tuple(found))


def conclusion(case: Case) -> str:
    """Return the result in three sentences: who wins, by how much, and what it hangs on."""
    found = compare(case)
    if len(found.standings) == 1:
        return f"{title(found.winner)} is the only option that is left to compare."
    second = found.standings[1].option
    won = wins(case)[found.winner]
    near = min(
        (one for one in sensitivities(case) if one.nearest is not None),
        key=lambda one: one.nearest or 0.0,
        default=None,
    )
    hangs = (
        "No weight by itself changes that."
        if near is None or near.nearest is None
        else f"It hangs most on the weight of {case.criteria[near.criterion].title!r}: "
        f"{_moved(near)} change the winner."
    )
    return (
        f"{title(found.winner)} has the most points, {points(found.lead)} ahead of "
        f"{title(second)}. {hangs} When everything varies within its range, it wins {share(won)} "
        "of the draws."
    )


def _moved(one: Sensitivity) -> str:
    """Return the least that a weight must move to change the winner, and which way."""
    ways = [(turn.share - one.share) for turn in (one.down, one.up) if turn]
    least = min(ways, key=abs)
    return f"{abs(100 * least):.1f} percentage points {'more' if least > 0 else 'less'}"


def _case(case: Case, basis: str) -> tuple[Block, ...]:
    facts = Points(tuple(f"{one.text} (`{one.id}`)" for one in case.facts))
    traps = Points(tuple(f"“{one.thought}” {one.instead}" for one in case.traps))
    blocks: list[Block] = [Text(" ".join(case.summary.split())), Text(case.question)]
    if case.facts:
        blocks += [Text("Facts to weigh:"), facts]
    if case.traps:
        blocks += [Text("Thoughts that mislead:"), traps]
    return (*blocks, *([Text(basis)] if basis else []))


def _cost(case: Case, drawn: bool) -> tuple[Block, ...]:
    return (
        *_drawn(drawn, "bills", case),
        tables.bill_table(case),
        *_drawn(drawn, "costs", case),
        tables.curve_table(case),
        tables.crossing_table(case),
    )


def _comparison(case: Case, drawn: bool) -> tuple[Block, ...]:
    reasons = tuple(f"{one.title}: {one.why}" for one in case.criteria.values() if one.why)
    why: tuple[Block, ...] = (Text("Why these scores:"), Points(reasons)) if reasons else ()
    return (
        *_drawn(drawn, "standings", case),
        tables.score_table(case),
        *why,
    )


def _sensitivity(case: Case, drawn: bool) -> tuple[Block, ...]:
    return (
        *_drawn(drawn, "sensitivity", case),
        tables.sensitivity_table(case),
        tables.flip_table(case),
        *_drawn(drawn, "wins", case),
        tables.win_table(case),
    )


def _options(case: Case, drawn: bool) -> tuple[Block, ...]:
    facts = known()
    meanings = tuple(
        f"{one.title}: {one.means}" for one in facts.option if one.name in case.options
    )
    return (
        Points(meanings),
        *_drawn(drawn, "responsibilities", case),
        tables.responsibilities(),
        tables.statements(*case.options),
        Text(f"After {facts.source}; in our words."),
    )


def _figures(case: Case) -> tuple[Block, ...]:
    return (tables.figure_table(case), tables.price_list(*case.options))


def _drawn(drawn: bool, name: str, case: Case) -> tuple[Block, ...]:
    """Return a picture for a page, with what it shows as its caption too; nothing undrawn."""
    if not drawn:
        return ()
    # A terminal need not wait for Matplotlib.
    from lab.bench.report.svg import svg
    from lab.decide.pictures import PICTURES

    draw, describe = PICTURES[name]
    described = describe(case)
    # A caption of a hundred words would say once more what the table below says.
    caption = described.partition(". ")[0] + "." if name == "responsibilities" else described
    return (Picture(name, caption, described, svg(draw(case), name, described)),)


def plain(document: Document, *names: str) -> str:
    """Return a document, or some of its sections, as lines for a terminal: without pictures."""
    parts = [f"{document.title}\n{'=' * len(document.title)}", _wrapped(document.lead)]
    for section in document.sections:
        if names and section.name not in names:
            continue
        parts.append(f"{section.title}\n{'-' * len(section.title)}")
        parts += [text for block in section.blocks if (text := _plain(block))]
    return "\n\n".join(parts).replace(SPACE, " ")  # so that it can be searched


def _plain(block: Block) -> str:
    match block:
        case Text(text):
            return _wrapped(text)
        case Points(points=several):
            return "\n".join(_wrapped(one, "- ", "  ") for one in several)
        case Table():
            notes = tuple(_wrapped(note) for note in block.notes)
            return tables.text(replace(block, notes=notes))
        case _:
            return ""


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text.replace("`", ""), 96, initial_indent=first, subsequent_indent=rest,
        break_on_hyphens=False,
    )  # fmt: skip

"""The report of a class: how far the machines agree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lab.bench.pooling import FEWEST, Pooled, Spread
from lab.bench.report.document import Block, Document, Picture, Points, Section, Table, Terms, Text
from lab.bench.report.markdown import markdown
from lab.bench.report.page import page
from lab.bench.report.words import TERMS, figure, interval_text, machine, ratio_text

NAME = "class"
LOADS = {"own": "the lab's generator", "locust": "Locust"}
WORDS = ("Ratio", "95 % interval", "Margin", "Stack")


def write_pooled(pooled: Pooled, folder: Path) -> list[Path]:
    """Write the report of a class into a folder, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = document(pooled)
    texts = {folder / f"{NAME}.md": markdown(whole), folder / f"{NAME}.html": page(whole)}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def document(pooled: Pooled) -> Document:
    """Return the whole report of a class."""
    lead = (
        f"The results of {len(pooled.sessions)} machines, collected with `lab merge`. Each machine "
        "is one estimate, however much it has measured. Requests of different machines are never "
        "put together."
    )
    words = tuple(term for term in TERMS if term[0] in WORDS)
    sections = (
        Section("found", "How far the machines agree", tuple(_found(pooled))),
        Section("words", "What the words mean", (Terms(words),)),
        Section("repeat", "Where the numbers come from", tuple(_sources(pooled))),
    )
    return Document("WSGI against ASGI, on the machines of a class", lead, sections)


def sentence(spread: Spread) -> str:
    """Return what the machines say of one comparison together."""
    low, high = spread.ends
    n = len(spread.estimates)
    if n == 1:
        return (
            f"{spread.question} One machine alone: ratio {figure(low)}, verdict {spread.verdicts}."
        )
    said = (
        f"{spread.question} On {n} machines the ratio is {figure(low)} to {figure(high)}, with the "
        f"median {figure(spread.middle)}. Their verdicts: {spread.verdicts}"
    )
    if spread.another is None:
        return f"{said}. With fewer than {FEWEST} machines no more can be said."
    return f"{said}. One more machine would probably find {interval_text(spread.another)}."


def left_out(pooled: Pooled) -> list[str]:
    """Return a sentence for each file that is not counted, and what to do if it should be."""
    said = [
        f"Not counted: {file}. The later {counted} has the same machine name, "
        f"{pooled.sessions[counted].environment.machine}."
        for file, counted in pooled.older.items()
    ]
    if said:
        said.append(
            "If they are two machines, give one of them another name: as `machine`, below "
            "`environment`, in its file, or with `lab bench --machine NAME` and a new session."
        )
    return said


def _found(pooled: Pooled) -> list[Block]:
    if not pooled.spreads:
        return [Text("No machine has a valid comparison.")]
    drawn = spread_plot(pooled.spreads)
    return [Points(tuple(map(sentence, pooled.spreads))), drawn, spread_table(pooled)]


def spread_table(pooled: Pooled) -> Table:
    """Return one line for each comparison."""
    rows = [
        (
            one.question,
            str(len(one.estimates)),
            figure(one.middle),
            f"{figure(one.ends[0])} to {figure(one.ends[1])}",
            "too few machines" if one.mean is None else ratio_text(one.mean),
            "too few machines" if one.another is None else interval_text(one.another),
            one.verdicts,
            one.unequal or "no",
        )
        for one in pooled.spreads
    ]
    return Table(
        "How many times as fast the first stack is: from machine to machine",
        (
            *("Question", "Machines", "Median", "Lowest to highest"),
            *("Mean (95 % interval over machines)", "One more machine", "Verdicts"),
            "Unequal settings",
        ),
        tuple(rows),
        (
            "The mean is of the logarithms of the machines' ratios, each machine with the same "
            "weight. Its interval is about the mean of all such machines. “One more machine” is "
            "wider: in it, nineteen of twenty single machines would lie.",
        ),
        frozenset({1, 2}),
    )


def _sources(pooled: Pooled) -> list[Block]:
    here = [one.environment for one in pooled.sessions.values()]
    rows = tuple(
        (
            one.environment.machine,
            file,
            one.mode,
            LOADS[one.engine],
            machine(one.environment).partition(": ")[2],
            "no" if one.environment.server_core is None else "yes",
            one.environment.commit or "not known",
            one.started_at[:16].replace("T", " "),
        )
        for file, one in pooled.sessions.items()
    )
    head = ("Machine", "File", "Mode", "Load by", "What it is", "Pinned", "Commit", "Started (UTC)")
    blocks: list[Block] = [Table("The machines", head, rows)]
    if len({one.commit for one in here}) > 1:
        blocks.append(
            Text(
                "The machines ran different commits of this project: what differs between them may "
                "be the program."
            )
        )
    if len({one.engine for one in pooled.sessions.values()}) > 1:
        blocks.append(
            Text(
                "The load was not made by the same program on all machines: what differs between "
                "them may be the load."
            )
        )
    return [*blocks, *map(Text, left_out(pooled))]


def spread_plot(spreads: Sequence[Spread]) -> Picture:
    """Draw a mark for each machine, and the interval in which one more would lie."""
    # Drawing takes a second to load, and the command may have nothing to draw.
    from lab.bench.report.plots import ratio_axis
    from lab.bench.report.svg import INK, new, style, svg, tidy

    drawing = new(1.0 + 0.62 * len(spreads))
    height = drawing.get_figheight()
    axes = drawing.add_axes(
        (0.03, 0.6 / height, 0.94, 1 - 0.7 / height), xscale="log", ylim=(len(spreads), 0)
    )
    tidy(axes)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    colour, sign, _ = style(0)
    for row, one in enumerate(spreads):
        axes.text(
            0, row + 0.06, f"{one.identity}: median {figure(one.middle)}, {len(one.estimates)} "
            "machines", transform=axes.get_yaxis_transform(), va="top", size=9.5, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        )  # fmt: skip
        if one.another is not None:
            ends = [one.another.low, one.another.high]
            axes.plot(ends, [row + 0.7] * 2, color=colour, linewidth=1.4)
        found = [each.ratio.estimate for each in one.estimates]
        axes.plot(
            found, [row + 0.7] * len(found), sign, markersize=6, markerfacecolor="white",
            markeredgecolor=colour, markeredgewidth=1.4,
        )  # fmt: skip
    intervals = [each.ratio for one in spreads for each in one.estimates]
    intervals += [one.another for one in spreads if one.another is not None]
    ratio_axis(axes, [end for at in intervals for end in (at.low, at.high)])
    caption = (
        "How many times as fast the first stack is. Each mark is one machine. The line: where one "
        "more machine would probably lie."
    )
    described = " ".join([caption, *map(sentence, spreads)])
    return Picture("spread", caption, described, svg(drawing, "spread", described))

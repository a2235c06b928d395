"""A report as one page of HTML that needs nothing beside itself."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Final

from lab.bench.report.document import (
    Block,
    Code,
    Document,
    Picture,
    Points,
    Section,
    Table,
    Terms,
    Text,
)

STYLE: Final = Path(__file__).with_name("page.css")


def page(document: Document) -> str:
    """Return the report as HTML."""
    sections = "\n".join(map(_section, document.sections))
    contents = "\n".join(
        f'<li><a href="#{one.name}">{_inline(one.title)}</a></li>'
        for one in document.sections
        if one.level == 2
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_inline(document.title)}</title>
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<main>
<h1>{_inline(document.title)}</h1>
<p class="lead">{_inline(document.lead)}</p>
<nav aria-label="Contents"><ul>
{contents}
</ul></nav>
{sections}
</main>
</body>
</html>
"""


def _section(section: Section) -> str:
    heading = f'<h{section.level} id="{section.name}">{_inline(section.title)}</h{section.level}>'
    return "\n".join([heading, *map(_block, section.blocks)])


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return f"<p>{_inline(text)}</p>"
        case Points(points):
            items = "\n".join(f"<li>{_inline(point)}</li>" for point in points)
            return f"<ul>\n{items}\n</ul>"
        case Code(text):
            return f"<pre><code>{escape(text)}</code></pre>"
        case Terms(terms):
            return _terms(terms)
        case Picture():
            return (
                f'<figure><div class="wide" tabindex="0" role="group" '
                f'aria-label="Picture: {escape(block.name)}">{block.svg}</div>\n'
                f"<figcaption>{_inline(block.caption)}</figcaption></figure>"
            )
        case Table():
            return table_html(block)


def _terms(terms: tuple[tuple[str, str], ...]) -> str:
    items = "\n".join(
        f"<dt>{_inline(word)}</dt><dd>{_inline(meaning)}</dd>" for word, meaning in terms
    )
    return f"<dl>\n{items}\n</dl>"


def table_html(table: Table) -> str:
    """Return a table as HTML, with its caption and its notes."""
    kinds = [
        ' class="number"' if place in table.numbers else "" for place in range(len(table.head))
    ]
    head = "".join(
        f'<th scope="col"{kind}>{_inline(cell)}</th>'
        for cell, kind in zip(table.head, kinds, strict=True)
    )
    rows = "\n".join(_row(row, kinds) for row in table.rows)
    notes = "".join(f'\n<p class="note">{_inline(note)}</p>' for note in table.notes)
    # A wide table scrolls inside its own frame, which the keyboard reaches as well. What the table
    # shows stands outside of it: as a caption it would be as wide as the table.
    label = f'aria-label="{escape(table.caption)}"'
    return (
        f'<p class="caption">{_inline(table.caption)}</p>\n'
        f'<div class="wide" tabindex="0" role="group" {label}>'
        f"<table {label}>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table></div>{notes}"
    )


def _row(row: tuple[str, ...], kinds: list[str]) -> str:
    first, *rest = row
    cells = "".join(
        f"<td{kind}>{_inline(cell)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True)
    )
    return f'<tr><th scope="row">{_inline(first)}</th>{cells}</tr>'


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))

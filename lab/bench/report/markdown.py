"""A report as Markdown: tables and sentences, without the pictures."""

from __future__ import annotations

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


def markdown(document: Document) -> str:
    """Return the report as Markdown, as GitHub reads it."""
    parts = [f"# {document.title}", document.lead, *map(_section, document.sections)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section) -> str:
    heading = f"{'#' * section.level} {section.title}"
    return "\n\n".join([heading, *filter(None, map(_block, section.blocks))])


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return text
        case Points(points):
            return "\n".join(f"- {point}" for point in points)
        case Code(text):
            return f"```\n{text}\n```"
        case Terms(terms):
            return "\n".join(f"- **{word}:** {meaning}" for word, meaning in terms)
        case Picture():
            return ""  # the table beside it has the same numbers
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rule = ["---:" if place in table.numbers else "---" for place in range(len(table.head))]
    rows = [table.head, tuple(rule), *table.rows]
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n\n".join([f"**{table.caption}**", "\n".join(lines), *table.notes])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

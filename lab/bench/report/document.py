"""The blocks that a report is made of, before it is Markdown or a page.

Both forms are made from the same blocks, so they cannot say different things. In texts,
`backticks` mark what is code.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    points: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """What is to be typed, or what was."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table: what it shows, its columns, its rows, and what must be known to read it.

    The first column names the row. `numbers` are the places of the columns that are set to the
    right.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """A plot as SVG text, with what it shows for those who do not see it."""

    name: str
    caption: str
    described: str
    svg: str


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    terms: tuple[tuple[str, str], ...]


Block = Text | Points | Code | Table | Picture | Terms


@dataclass(frozen=True)
class Section:
    """A heading with its blocks. `name` is its address in the page; `level` is 2 or 3."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class Document:
    """A whole report."""

    title: str
    lead: str
    sections: tuple[Section, ...] = field(default=())

"""A table as lines of text."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import Final

from lab.bench.report.document import Table

WIDEST: Final = 44  # characters of a cell in a line of text


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

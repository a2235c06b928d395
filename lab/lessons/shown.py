"""Show a figure in a notebook so that everybody gets what it says."""

from __future__ import annotations

import base64
import html
import io

from IPython.display import HTML
from matplotlib.figure import Figure

from lab.bench.report.document import Table


def show(figure: Figure, description: str) -> HTML:
    """Return a figure for the end of a cell, with the text that a screen reader reads instead.

    JupyterLab gives its own pictures no such text, so this is an HTML image with an `alt`.
    """
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=2 * figure.dpi)
    png = base64.b64encode(file.getvalue()).decode()
    width = round(figure.get_figwidth() * figure.dpi)
    return HTML(  # type: ignore[no-untyped-call]
        f'<img src="data:image/png;base64,{png}" alt="{html.escape(description)}" '
        f'style="width: {width}px; max-width: 100%">'
    )


def show_table(table: Table) -> HTML:
    """Return a table of the lab for the end of a cell: a wide one scrolls and does not wrap."""
    from lab.bench.report.page import table_html  # most lessons show none

    style = "<style>.wide { overflow-x: auto } .number { text-align: right }</style>"
    return HTML(style + table_html(table))  # type: ignore[no-untyped-call]

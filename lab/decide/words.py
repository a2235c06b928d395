"""Numbers as text: dollars, loads, shares. The same in tables, pictures and sentences."""

from __future__ import annotations

from decimal import Decimal
from math import isnan
from typing import Final

SPACE: Final = "\N{NO-BREAK SPACE}"  # what stands on both sides of it is one number


def dollars(amount: float) -> str:
    """Return dollars: cents where they are all there is."""
    if 0 < amount < 0.005:
        return "under $0.01"
    return f"${amount:,.2f}" if amount < 100 else f"${amount:,.0f}"


def load(requests: float) -> str:
    """Return requests a month with two figures that count, such as 1.6 million."""
    if isnan(requests):
        return "-"
    for size, name in ((1e9, " billion"), (1e6, " million"), (1e3, ",000")):
        if requests >= 0.995 * size:
            return _thousands(requests) if size == 1e3 else f"{_two(requests / size)}{name}"
    return _two(requests)


def _thousands(requests: float) -> str:
    return f"{float(f'{requests:.2g}'):,.0f}"


def _two(value: float) -> str:
    return f"{float(f'{value:.2g}'):g}"


def number(value: float, figures: int = 4) -> str:
    """Return a number with so many figures that count; without an exponent where possible."""
    rounded = f"{value:.{figures}g}"
    if value and not 1e-9 <= abs(value) < 1e15:
        return rounded
    return f"{Decimal(rounded):,f}"


def share(part: float) -> str:
    """Return a share in per cent; what is nearly nothing or nearly all is not rounded to it."""
    per_cent = 100 * part
    if 0 < per_cent < 1:
        return f"under{SPACE}1{SPACE}%"
    if 99 < per_cent < 100:
        return f"over{SPACE}99{SPACE}%"
    return f"{per_cent:.0f}{SPACE}%"


def points(value: float) -> str:
    """Return points with one decimal more than differences that matter."""
    return f"{value:.2f}"

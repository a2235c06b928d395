"""The tables of a case: the numbers of its pictures, and what they are computed from."""

from __future__ import annotations

from lab.decide.tables.costs import bill_table, crossing_table, curve_table, figure_table
from lab.decide.tables.known import price_list, responsibilities, statements
from lab.decide.tables.plain import text
from lab.decide.tables.results import flip_table, score_table, sensitivity_table, win_table

__all__ = [
    "bill_table",
    "crossing_table",
    "curve_table",
    "figure_table",
    "flip_table",
    "price_list",
    "responsibilities",
    "score_table",
    "sensitivity_table",
    "statements",
    "text",
    "win_table",
]

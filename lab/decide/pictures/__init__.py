"""Pictures of a case, each with a sentence or two that say what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from matplotlib.figure import Figure

from lab.decide.case import Case
from lab.decide.pictures.costs import describe_bills, describe_costs, draw_bills, draw_costs
from lab.decide.pictures.responsibilities import describe_responsibilities, draw_responsibilities
from lab.decide.pictures.results import (
    describe_sensitivity,
    describe_standings,
    describe_wins,
    draw_sensitivity,
    draw_standings,
    draw_wins,
)

__all__ = [
    "PICTURES",
    "describe_bills",
    "describe_costs",
    "describe_responsibilities",
    "describe_sensitivity",
    "describe_standings",
    "describe_wins",
    "draw_bills",
    "draw_costs",
    "draw_responsibilities",
    "draw_sensitivity",
    "draw_standings",
    "draw_wins",
]

PICTURES: Final[Mapping[str, tuple[Callable[[Case], Figure], Callable[[Case], str]]]] = {
    "bills": (draw_bills, describe_bills),
    "costs": (draw_costs, describe_costs),
    "standings": (draw_standings, describe_standings),
    "sensitivity": (draw_sensitivity, describe_sensitivity),
    "wins": (draw_wins, describe_wins),
    "responsibilities": (
        lambda _: draw_responsibilities(),
        lambda _: describe_responsibilities(),
    ),
}

"""The value of one figure at which another option would win."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lab.decide.case import Case
from lab.decide.comparison import leaders, scores, weights
from lab.decide.figures import Floats, Values, figures, middle_with
from lab.decide.offers import OptionName


@dataclass(frozen=True)
class Flip:
    """The value of one figure at which another option wins, below and above what it is now."""

    figure: str
    now: float
    unit: str
    below: tuple[float, OptionName] | None
    above: tuple[float, OptionName] | None


def winners(case: Case, values: Values) -> list[OptionName]:
    """Return the winner for each element of the arrays among the values, or the one winner."""
    shares = weights(case)
    told = scores(case, values)
    compared = list(next(iter(told.values())))
    size = max((np.size(one) for one in values.values()), default=1)
    points = np.zeros((len(compared), size))
    for name, each in told.items():
        for place, option in enumerate(compared):
            points[place] += shares[name] * each[option]
    return [compared[place] for place in leaders(points)]


def flip(case: Case, figure: str, reach: float = 1000) -> Flip:
    """Return the nearest values of a figure at which another option wins.

    Looked for from its value now down to so many times less, and up to so many times more.

    Raises:
        KeyError: when the case has no such figure.
    """
    known = figures(case)[figure]
    now = known.middle
    if not now:
        return Flip(figure, now, known.unit, None, None)

    def at(times: Floats) -> list[OptionName]:
        return winners(case, middle_with(case, figure, times))

    below, above = (_turning(at, end) for end in _ends(case, figure, now, reach))
    return Flip(
        figure,
        now,
        known.unit,
        (below[0] * now, below[1]) if below else None,
        (above[0] * now, above[1]) if above else None,
    )


def _turning(
    at: Callable[[Floats], list[OptionName]], end: float
) -> tuple[float, OptionName] | None:
    """Return how many times its value a figure is where another wins, to a part in a million."""
    steps = np.geomspace(1, end, 121)
    while True:
        won = at(steps)
        place = next((n for n, winner in enumerate(won) if winner != won[0]), None)
        if place is None:
            return None
        if abs(steps[place] / steps[place - 1] - 1) < 1e-6:
            return float(steps[place]), won[place]
        steps = np.geomspace(steps[place - 1], steps[place], 121)


def _ends(case: Case, figure: str, now: float, reach: float) -> tuple[float, float]:
    """Return how many times its value a figure may be.

    Shares stay below 1, factors above, and one process fits into each instance.
    """
    name = figure.rpartition(".")[2]
    least, most = 1 / reach, reach
    if name in {"peak", "pue", "concurrency"}:
        least = 1 / now
    elif name in {"idle", "utilisation"}:
        most = 0.999 / now
    elif figure == "load.memory":
        instances = [one.memory.low for one in case.option.values() if one.memory is not None]
        most = min(instances, default=most * now) / now
    elif name == "memory":
        least = case.load.memory.high / now
    return max(least, 1 / reach), min(most, reach)

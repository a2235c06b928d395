"""Cost over load: a curve for each option, and the loads at which two of them cross."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from lab.decide.case import Case
from lab.decide.cost import Bill, bill
from lab.decide.figures import Floats, Number, Values, cheapest, dearest, draws, middle
from lab.decide.offers import OptionName

LOADS: Final = (1e3, 1e9)  # requests a month, from a few visitors to a few hundred a second
POINTS: Final = 241  # forty to each tenfold
DRAWS: Final = 400
SEED: Final = 7


@dataclass(frozen=True)
class Curve:
    """What an option costs at each load: with the middle of all figures, and at best and worst."""

    option: OptionName
    loads: Floats
    middle: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Crossing:
    """A load at which another of two options becomes the cheaper one, and the cost there."""

    load: float
    below: OptionName
    above: OptionName
    dollars: float


@dataclass(frozen=True)
class CrossingRange:
    """Where two options first cross when every figure varies within its range.

    Half of the crossings lie below `middle`, and nine of ten between `low` and `high`. `share` is
    the part of the draws in which they cross at all; without any, the loads are NaN.
    """

    low: float
    middle: float
    high: float
    share: float


def load_grid(lowest: float = LOADS[0], highest: float = LOADS[1], points: int = POINTS) -> Floats:
    """Return loads in requests a month, evenly spread over powers of ten."""
    return np.geomspace(lowest, highest, points)


def curves(case: Case, loads: Floats | None = None) -> dict[OptionName, Curve]:
    """Return the curve of each option whose cost is known."""
    at = load_grid() if loads is None else loads
    ends = (middle(case), cheapest(case), dearest(case))
    found = {}
    for option in case.options:
        three = [_at(case, option, values, at) for values in ends]
        if all(one.known for one in three):
            totals = [np.broadcast_to(one.total, at.shape).astype(float) for one in three]
            found[option] = Curve(option, at, *totals)
    return found


def crossings(
    case: Case, first: OptionName, second: OptionName, values: Values | None = None
) -> list[Crossing]:
    """Return every load at which the cheaper of two options changes.

    Looked for at every point of a fine grid, then halved down to a part in a million: two crossings
    between the same two points of the grid would be missed.

    Raises:
        ValueError: when the cost of one of them is not known.
    """
    figures = middle(case) if values is None else values

    def gap(load: Number) -> Floats:
        return np.asarray(
            _at(case, first, figures, load).total - _at(case, second, figures, load).total
        )

    loads = load_grid()
    signs = np.sign(gap(loads))
    # Where both cost the same, the one that was cheaper before still counts as that.
    told = [place for place in range(len(loads)) if signs[place]]
    found = []
    for before, after in pairwise(told):
        if signs[before] == signs[after]:
            continue
        low, high = float(loads[before]), float(loads[after])
        while high / low > 1 + 1e-6:
            between = (low * high) ** 0.5
            if np.sign(gap(between)) == signs[before]:
                low = between
            else:
                high = between
        below, above = (first, second) if signs[before] < 0 else (second, first)
        found.append(Crossing(high, below, above, float(_at(case, above, figures, high).total)))
    return found


def crossing_range(
    case: Case, first: OptionName, second: OptionName, count: int = DRAWS, seed: int = SEED
) -> CrossingRange:
    """Return where two options first cross when all figures vary together within their ranges.

    A crossing is named by the next load of the grid, so up to 6 % too high.

    Raises:
        ValueError: when the cost of one of them is not known.
    """
    drawn = draws(case, count, np.random.default_rng(seed))
    columns = {name: one[:, None] if np.ndim(one) else one for name, one in drawn.items()}  # type: ignore[index]
    loads = load_grid()
    gaps = np.broadcast_to(
        _at(case, first, columns, loads).total - _at(case, second, columns, loads).total,
        (count, len(loads)),
    )
    signs = np.sign(gaps)
    # The first that tells: while both cost the same, neither is the cheaper one.
    first_signs = np.take_along_axis(signs, (signs != 0).argmax(axis=1)[:, None], axis=1)
    changed = signs * first_signs < 0
    crossed = changed.any(axis=1)
    if not crossed.any():
        return CrossingRange(np.nan, np.nan, np.nan, 0.0)
    where = loads[changed.argmax(axis=1)][crossed]
    low, half, high = (float(one) for one in np.percentile(where, (5, 50, 95)))
    return CrossingRange(low, half, high, float(crossed.mean()))


def _at(case: Case, option: OptionName, values: Values, load: Number) -> Bill:
    return bill(case, option, {**values, "load.requests": load})

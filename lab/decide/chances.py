"""How often each option wins, and is the cheapest, when everything varies within its range."""

from __future__ import annotations

from typing import Final

import numpy as np

from lab.decide.case import HIGHEST_SCORE, Case
from lab.decide.comparison import leaders, left_out, scores
from lab.decide.cost import bills
from lab.decide.figures import Floats, Number, draws
from lab.decide.offers import OptionName

DRAWS: Final = 4000
SEED: Final = 7


def wins(case: Case, count: int = DRAWS, seed: int = SEED) -> dict[OptionName, float]:
    """Return the part of many draws that each compared option wins.

    In each draw every weight, score and figure is taken evenly from its range. The same seed gives
    the same draws.
    """
    rng = np.random.default_rng(seed)
    drawn = scores(case, draws(case, count, rng))
    raw = {name: _weight_draws(case, name, count, rng) for name in case.criteria}
    whole = sum(raw.values(), np.zeros(count))
    compared = list(next(iter(drawn.values())))
    points = np.zeros((len(compared), count))
    for name, each in drawn.items():
        given = case.criteria[name].budget is None
        for place, option in enumerate(compared):
            score: Number = each[option]
            if given:
                moved = score + rng.uniform(-case.scores_vary, case.scores_vary, count)
                score = np.clip(moved, 0, HIGHEST_SCORE)
            points[place] += raw[name] / whole * score
    first = leaders(points)
    return {option: float((first == place).mean()) for place, option in enumerate(compared)}


def _weight_draws(case: Case, criterion: str, count: int, rng: np.random.Generator) -> Floats:
    weight = case.criteria[criterion].weight
    low, high = weight.low, weight.high
    if weight.exact:
        low, high = low * (1 - case.weights_vary), high * (1 + case.weights_vary)
    return rng.uniform(low, high, count)


def cheapest_share(case: Case, count: int = DRAWS, seed: int = SEED) -> dict[OptionName, float]:
    """Return the part of many draws in which each compared option is the cheapest."""
    found = bills(case, draws(case, count, np.random.default_rng(seed)))
    known = [one for one in found if found[one].known and one not in left_out(case)]
    if not known:
        return {}
    totals = np.array([np.broadcast_to(found[one].total, count) for one in known])
    first = totals.argmin(axis=0)
    return {option: float((first == place).mean()) for place, option in enumerate(known)}

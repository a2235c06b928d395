"""A weighted comparison, and what it is worth: its sensitivity to weights, scores and figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from lab.decide.case import HIGHEST_SCORE, Case
from lab.decide.cost import bills
from lab.decide.figures import Floats, Number, Values, draws, figures, middle
from lab.decide.offers import OptionName

DRAWS: Final = 4000
SEED: Final = 7

Scores = Mapping[str, Mapping[OptionName, Number]]


@dataclass(frozen=True)
class Standing:
    """How an option fares: its points for each criterion, weight times score, and their sum.

    Weights add up to 1, so the sum lies between 0 and 10.
    """

    option: OptionName
    points: Mapping[str, float]

    @property
    def total(self) -> float:
        """The sum of all points."""
        return sum(self.points.values())


@dataclass(frozen=True)
class Comparison:
    """The options of a case, the best first; and those that are not compared, with the reason."""

    standings: tuple[Standing, ...]
    shares: Mapping[str, float]
    scores: Mapping[str, Mapping[OptionName, float]]
    left_out: Mapping[OptionName, str]

    @property
    def winner(self) -> OptionName:
        """The option with the most points."""
        return self.standings[0].option

    @property
    def lead(self) -> float:
        """How many points the winner is ahead of the next; all of them where it is alone."""
        others = [one.total for one in self.standings[1:]]
        return self.standings[0].total - max(others, default=0.0)


@dataclass(frozen=True)
class Turn:
    """The share of all weight at which a criterion lets another option win."""

    share: float
    winner: OptionName


@dataclass(frozen=True)
class Sensitivity:
    """How far the weight of one criterion may move before another option wins.

    The other weights keep their proportions. None: no weight of this criterion changes the winner.
    """

    criterion: str
    share: float
    down: Turn | None
    up: Turn | None

    @property
    def nearest(self) -> float | None:
        """How far the share must move at least."""
        ways = [abs(turn.share - self.share) for turn in (self.down, self.up) if turn]
        return min(ways, default=None)


@dataclass(frozen=True)
class Flip:
    """The value of one figure at which another option wins, below and above what it is now."""

    figure: str
    now: float
    unit: str
    below: tuple[float, OptionName] | None
    above: tuple[float, OptionName] | None


def weights(case: Case) -> dict[str, float]:
    """Return the weight of each criterion as a share of all weight."""
    raw = {name: one.weight.middle for name, one in case.criteria.items()}
    whole = sum(raw.values())
    return {name: one / whole for name, one in raw.items()}


def scores(case: Case, values: Values | None = None) -> dict[str, dict[OptionName, Number]]:
    """Return the score of each compared option under each criterion."""
    found = bills(case, middle(case) if values is None else values)
    out = left_out(case)
    compared = [one for one in case.options if one not in out]
    told: dict[str, dict[OptionName, Number]] = {}
    for name, criterion in case.criteria.items():
        if criterion.budget is None:
            told[name] = {option: criterion.scores[option] for option in compared}
        else:
            budget = criterion.budget.middle
            told[name] = {
                option: HIGHEST_SCORE * np.clip(1 - found[option].total / budget, 0, 1)
                for option in compared
            }
    return told


def left_out(case: Case) -> dict[OptionName, str]:
    """Return the options that are not compared, with the reason: a fact, or an unknown cost."""
    reasons = case.ruled_out()
    if any(one.budget is not None for one in case.criteria.values()):
        for option, one in bills(case, middle(case)).items():
            if not one.known:
                reasons.setdefault(option, f"Its cost is not known: {', '.join(one.unknown)}.")
    return reasons


def compare(case: Case, values: Values | None = None) -> Comparison:
    """Return how the options of a case fare, the best first.

    Raises:
        ValueError: when no option is left to compare.
    """
    out = left_out(case)
    compared = [one for one in case.options if one not in out]
    if not compared:
        raise ValueError(f"No option is left. {' '.join(out.values())}")
    shares = weights(case)
    fixed = {
        name: {option: float(score) for option, score in each.items()}
        for name, each in scores(case, values).items()
    }
    standings = [
        Standing(option, {name: shares[name] * fixed[name][option] for name in case.criteria})
        for option in compared
    ]
    # Of two that are level, the one that others run comes first: it is less work.
    standings.sort(key=lambda one: (one.total, compared.index(one.option)), reverse=True)
    return Comparison(tuple(standings), shares, fixed, out)


def sensitivities(case: Case) -> list[Sensitivity]:
    """Return for each criterion how far its weight may move before another option wins."""
    found = compare(case)
    return [_sensitivity(found, name) for name in case.criteria]


def _sensitivity(found: Comparison, criterion: str) -> Sensitivity:
    """Points are s*t + r*(1-t): t the share, s the score here, r the mean score elsewhere."""
    now = found.shares[criterion]
    if now >= 1:
        return Sensitivity(criterion, now, None, None)
    here = found.scores[criterion]
    elsewhere = {
        one.option: sum(points for name, points in one.points.items() if name != criterion)
        / (1 - now)
        for one in found.standings
    }
    down: list[Turn] = []
    up: list[Turn] = []
    for option in here:
        if option == found.winner:
            continue
        # The lead is ahead + slope * t: where it falls the other overtakes above, else below.
        ahead = elsewhere[found.winner] - elsewhere[option]
        slope = (here[found.winner] - here[option]) - ahead
        if abs(slope) < 1e-12:
            continue
        share = -ahead / slope
        if slope > 0 and share > 0:
            down.append(Turn(min(share, now), option))
        elif slope < 0 and share < 1:
            up.append(Turn(max(share, now), option))
    highest = max(down, key=lambda one: one.share, default=None)
    lowest = min(up, key=lambda one: one.share, default=None)
    return Sensitivity(criterion, now, highest, lowest)


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
    first = points.argmax(axis=0)
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
    totals = np.array([np.broadcast_to(found[one].total, count) for one in known])
    first = totals.argmin(axis=0)
    return {option: float((first == place).mean()) for place, option in enumerate(known)}


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
    # The last of those that are level wins, as in a comparison.
    last = len(compared) - 1 - points[::-1].argmax(axis=0)
    return [compared[place] for place in last]


def flip(case: Case, figure: str, reach: float = 1000) -> Flip:
    """Return the nearest values of a figure at which another option wins.

    Looked for from its value now down to so many times less, and up to so many times more.

    Raises:
        KeyError: when the case has no such figure.
    """
    known = figures(case)[figure]
    values = middle(case)
    now, start = known.middle, values[figure]
    if not now:
        return Flip(figure, now, known.unit, None, None)

    def at(times: Floats) -> list[OptionName]:
        return winners(case, {**values, figure: start * times})

    below, above = (_turning(at, end) for end in _ends(figure, now, reach))
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


def _ends(figure: str, now: float, reach: float) -> tuple[float, float]:
    """Return how many times its value a figure may be: shares stay below 1, factors above."""
    name = figure.rpartition(".")[2]
    least = 1 / now if name in {"peak", "pue", "concurrency"} else 1 / reach
    most = 0.999 / now if name in {"idle", "utilisation"} else reach
    return max(least, 1 / reach), min(most, reach)

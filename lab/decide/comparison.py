"""A weighted comparison of the options: weight times score, added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lab.decide.case import HIGHEST_SCORE, Case
from lab.decide.cost import bills
from lab.decide.figures import Floats, Number, Values, budget_name, middle
from lab.decide.offers import OptionName
from lab.decide.options import title

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


def weights(case: Case) -> dict[str, float]:
    """Return the weight of each criterion as a share of all weight."""
    raw = {name: one.weight.middle for name, one in case.criteria.items()}
    whole = sum(raw.values())
    return {name: one / whole for name, one in raw.items()}


def scores(case: Case, values: Values | None = None) -> dict[str, dict[OptionName, Number]]:
    """Return the score of each compared option under each criterion."""
    at = middle(case) if values is None else values
    found = bills(case, at)
    out = left_out(case)
    compared = [one for one in case.options if one not in out]
    told: dict[str, dict[OptionName, Number]] = {}
    for name, criterion in case.criteria.items():
        if criterion.budget is None:
            told[name] = {option: criterion.scores[option] for option in compared}
        else:
            budget = at[budget_name(name)]
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
        told = " ".join(f"{title(option)}: {why}" for option, why in out.items())
        raise ValueError(f"No option is left. {told}")
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


def leaders(points: Floats) -> NDArray[np.intp]:
    """Return the row that leads in each column. Of those that are level it is the last.

    Rows are in the order of the options: so it is the one that others run, as in a comparison.
    """
    last: NDArray[np.intp] = len(points) - 1 - points[::-1].argmax(axis=0)
    return last

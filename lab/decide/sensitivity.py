"""How far a weight would have to move to change the winner of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

from lab.decide.case import Case
from lab.decide.comparison import Comparison, compare
from lab.decide.offers import OptionName


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

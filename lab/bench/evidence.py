"""What a session says of one condition of a claim: for it, against it, or undecided.

A claim has its own threshold ("much faster" is half as much again), which the verdict of a
comparison does not know. So the interval is held against the threshold here, by the same rules as
in `statistics`: the whole interval must lie on one side, and the distance exceed the A/A noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np

from lab.bench.comparing import judge_pairs
from lab.bench.results import Comparison, Interval, Knee, Metric, Results, Row, Verdict
from lab.bench.statistics import FEWEST_PAIRS, interval, noise_floor

State = Literal["for", "against", "undecided", "not measured"]
Bracket = tuple[float, float]
"""The highest rate that a sweep has seen sustained, and the lowest that failed."""

FLIPPED: dict[Verdict, Verdict] = {"faster": "slower", "slower": "faster"}


@dataclass(frozen=True)
class Found:
    """What was measured for two stacks, whichever of them came first in the session."""

    identity: str
    ratio: Interval | None
    noise: Interval | None
    verdict: Verdict
    pairs: int
    why: str


@dataclass(frozen=True)
class Judged:
    """What one condition of a claim has come to."""

    state: State
    interval: Interval | None
    why: str
    identity: str | None = None


def find(results: Results, workload: str, first: str, second: str, metric: Metric) -> Found | None:
    """Return what a session has measured of two stacks, or None.

    When both were compared only with a third one, in the same blocks, their rows of each block
    make the pairs, and the third one's A/A pairs are the noise.
    """
    asked = [one for one in results.comparisons if (one.workload, one.metric) == (workload, metric)]
    rows = {row.id: row for row in results.rows}
    for one in asked:
        if (one.first, one.second) == (first, second):
            return Found(one.id, one.ratio, one.noise, one.verdict, _valid(one, rows), one.why)
        if (one.first, one.second) == (second, first):
            verdict = FLIPPED.get(one.verdict, one.verdict)
            ratio = one.ratio and turned(one.ratio)
            return Found(one.id, ratio, one.noise, verdict, _valid(one, rows), one.why)
    through = [one for one in asked if one.second == first]
    others = [one for one in asked if one.second == second]
    for one in through:
        for other in others:
            if one.first == other.first and (found := _through(one, other, rows, results.seed)):
                return found
    return None


def turned(ratio: Interval) -> Interval:
    """Return the ratio of the second over the first."""
    return Interval(estimate=1 / ratio.estimate, low=1 / ratio.high, high=1 / ratio.low)


def _valid(comparison: Comparison, rows: dict[str, Row]) -> int:
    return _count_valid(_rows(comparison.pairs, rows))


def _count_valid(pairs: Sequence[tuple[Row, Row]]) -> int:
    return sum(all(row.validity == "valid" for row in pair) for pair in pairs)


def _rows(pairs: Sequence[tuple[str, str]], rows: dict[str, Row]) -> list[tuple[Row, Row]]:
    return [(rows[one], rows[other]) for one, other in pairs if {one, other} <= rows.keys()]


def _through(one: Comparison, other: Comparison, rows: dict[str, Row], seed: int) -> Found | None:
    block = dict(other.pairs)  # the third stack's row -> the row of the second one beside it
    pairs = _rows([(mine, block[third]) for third, mine in one.pairs if third in block], rows)
    if not pairs:
        return None
    found = judge_pairs(pairs, _rows(one.control, rows), one.metric, seed=seed)
    identity = f"{one.id} and {other.id}"
    valid = _count_valid(pairs)
    return Found(identity, found.ratio, found.noise, found.verdict, valid, found.why)


def judge(found: Found | None, threshold: float) -> Judged:
    """Hold what was found against a claim that the first is at least so many times as fast."""
    if found is None:
        return Judged("not measured", None, "not measured")
    if found.verdict == "invalid":
        return Judged("undecided", found.ratio, f"invalid: {found.why}", found.identity)
    if found.ratio is None:
        states: dict[Verdict, State] = {"faster": "for", "slower": "against"}
        state = states.get(found.verdict, "undecided")
        return Judged(state, None, found.why, found.identity)
    shown = f"ratio {_shown(found.ratio)}, against a threshold of {threshold:.2f}"
    if found.pairs < FEWEST_PAIRS or found.noise is None:
        why = f"{shown}, but with {found.pairs} valid pairs: at least {FEWEST_PAIRS} are needed"
        return Judged("undecided", found.ratio, why, found.identity)
    return Judged(_side(found.ratio, found.noise, threshold), found.ratio, shown, found.identity)


def _side(ratio: Interval, noise: Interval, threshold: float) -> State:
    if abs(log(ratio.estimate / threshold)) <= noise_floor(noise):
        return "undecided"
    if ratio.low >= threshold:
        return "for"
    return "against" if ratio.high < threshold else "undecided"


def judge_knees(
    results: Results, workload: str, first: str, second: str, at_least: float
) -> Judged:
    """Hold the knees of two stacks against a claim.

    The sweeps of one round make a pair. A knee lies between the highest rate that was sustained
    and the lowest that was not, so each pair allows a lowest and a highest ratio. The interval is
    from the lower end of the lowest ones to the upper end of the highest: it holds the chance of
    the sweeps and the width of their steps.
    """
    sweeps = [_brackets(results.knees, workload, stack) for stack in (first, second)]
    if not all(sweeps):
        return Judged("not measured", None, "not measured")
    identity = f"knee {workload}/{first}/{second}"
    pairs = [
        (one, other)
        for number, one in sweeps[0].items()
        if one is not None and (other := sweeps[1].get(number)) is not None
    ]
    if len(pairs) < FEWEST_PAIRS:
        why = (
            f"knees of {_rates(sweeps[0])} and {_rates(sweeps[1])} a second, in {len(pairs)} pairs "
            f"of sweeps that found one: at least {FEWEST_PAIRS} are needed"
        )
        return Judged("undecided", None, why, identity)
    ratio = _knee_ratio(pairs, results.seed)
    why = f"{len(pairs)} pairs of knees: ratio {_shown(ratio)}"
    state: State = "undecided"
    if ratio.low >= at_least:
        state = "for"
    elif ratio.high < at_least:
        state = "against"
    return Judged(state, ratio, f"{why}, against a threshold of {at_least:.2f}", identity)


def _brackets(knees: Sequence[Knee], workload: str, stack: str) -> dict[int, Bracket | None]:
    """Return by sweep between which rates the knee lies; None where it was not found."""
    return {
        one.sweep: None if one.rate is None or one.failed is None else (one.rate, one.failed)
        for one in knees
        if (one.workload, one.stack) == (workload, stack)
    }


def _rates(sweeps: dict[int, Bracket | None]) -> str:
    rates = sorted(one[0] for one in sweeps.values() if one is not None)
    if not rates:
        return "no rate"
    return f"{rates[0]:,.0f}" + (f" to {rates[-1]:,.0f}" if rates[-1] > rates[0] else "")


def _knee_ratio(pairs: Sequence[tuple[Bracket, Bracket]], seed: int) -> Interval:
    def of(logs: list[float]) -> Interval:
        found = interval(np.array(logs), seed)
        assert found is not None  # there are pairs enough
        return found

    lowest = of([log(one[0] / other[1]) for one, other in pairs])
    highest = of([log(one[1] / other[0]) for one, other in pairs])
    middle = of([log(one[0] / other[0]) for one, other in pairs])
    return Interval(estimate=middle.estimate, low=lowest.low, high=highest.high)


def _shown(ratio: Interval) -> str:
    return f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"

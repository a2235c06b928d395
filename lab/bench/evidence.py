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

from lab.bench.comparing import judge_pairs
from lab.bench.results import Comparison, Interval, Knee, Metric, Results, Row, Verdict
from lab.bench.statistics import FEWEST_PAIRS

State = Literal["for", "against", "undecided", "not measured"]
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
            if one.first == other.first:
                return _through(one, other, rows, results.seed)
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
    floor = max(abs(log(noise.low)), abs(log(noise.high)))
    if abs(log(ratio.estimate / threshold)) <= floor:
        return "undecided"
    if ratio.low >= threshold:
        return "for"
    return "against" if ratio.high < threshold else "undecided"


def judge_knees(
    results: Results, workload: str, first: str, second: str, at_least: float
) -> Judged:
    """Hold two knees against a claim.

    A knee lies between the highest rate that was sustained and the lowest that was not. So the
    interval here is what these rates allow, of one sweep each: it knows nothing of chance.
    """
    knees = {one.stack: one for one in results.knees if one.workload == workload}
    if not {first, second} <= knees.keys():
        return Judged("not measured", None, "not measured")
    identity = f"knee {workload}/{first}/{second}"
    rows = {row.id: row for row in results.rows}
    one, other = (_bracket(knees[stack], rows) for stack in (first, second))
    if one is None or other is None:
        return Judged("undecided", None, "a knee without a rate on either side of it", identity)
    ratio = Interval(estimate=one[0] / other[0], low=one[0] / other[1], high=one[1] / other[0])
    why = f"knees of {one[0]:,.0f} and {other[0]:,.0f} a second: ratio {_shown(ratio)}"
    state: State = "undecided"
    if ratio.low >= at_least:
        state = "for"
    elif ratio.high < at_least:
        state = "against"
    return Judged(state, ratio, f"{why}, against a threshold of {at_least:.2f}", identity)


def _bracket(knee: Knee, rows: dict[str, Row]) -> tuple[float, float] | None:
    rate = knee.rate
    if rate is None or not knee.bounded:
        return None
    tried = (rows[name].offered for name in knee.points if name in rows)
    higher = [offered for offered in tried if offered is not None and offered > rate * 1.001]
    return (rate, min(higher)) if higher else None


def _shown(ratio: Interval) -> str:
    return f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"

"""Verdicts from pairs: right on data whose truth is known, and silent where nothing is known."""

from __future__ import annotations

from collections import Counter
from math import exp, log, sqrt

import numpy as np
import pytest
from scipy import stats

from lab.bench.results import Interval
from lab.bench.statistics import Analysis, Pair, analyse, interval, smallest_detectable

QUIET, NOISY = 0.02, 0.1  # standard deviation of a pair's log ratio


def pairs(rng: np.random.Generator, ratio: float, spread: float, n: int = 10) -> list[Pair]:
    drift = np.exp(rng.normal(0, 0.3, n))  # what the machine does to both rows of a pair
    noise = np.exp(rng.normal(0, spread, n))
    return [(1000 * ratio * d * e, 1000 * d) for d, e in zip(drift, noise, strict=True)]


def verdicts(ratio: float, spread: float, runs: int = 20) -> Counter[str]:
    rng = np.random.default_rng(1)
    return Counter(
        analyse(pairs(rng, ratio, spread), pairs(rng, 1, spread), margin=0.05, seed=run).verdict
        for run in range(runs)
    )


def test_the_same_against_itself_is_equivalent_in_nineteen_of_twenty() -> None:
    assert verdicts(1, QUIET, runs=20)["equivalent"] >= 19


def test_ten_percent_are_found() -> None:
    assert verdicts(1.1, QUIET)["faster"] >= 19
    assert verdicts(0.9, QUIET)["slower"] >= 19


def test_noise_makes_undecided_and_hardly_ever_a_false_verdict() -> None:
    found = verdicts(1, NOISY)
    assert found["undecided"] >= 14
    assert found["faster"] + found["slower"] <= 2


def test_a_difference_within_the_margin_is_none() -> None:
    assert verdicts(1.01, 0.005)["equivalent"] == 20


def test_swapping_the_stacks_turns_the_verdict_around() -> None:
    rng = np.random.default_rng(2)
    measured, control = pairs(rng, 1.3, QUIET), pairs(rng, 1, QUIET)
    one = analyse(measured, control, margin=0.05, seed=3)
    other = analyse([(b, a) for a, b in measured], control, margin=0.05, seed=3)
    assert (one.verdict, other.verdict) == ("faster", "slower")
    assert one.ratio is not None
    assert other.ratio is not None
    assert one.ratio.estimate == pytest.approx(1 / other.ratio.estimate)
    assert one.ratio.low == pytest.approx(1 / other.ratio.high, rel=0.02)


def test_the_estimate_is_the_geometric_mean_worked_by_hand() -> None:
    # Ratios 2 and 8: logs 1 and 3 times log 2, mean 2 log 2.
    found = interval(np.log([2.0, 8.0]), seed=1)
    assert found is not None
    assert found.estimate == pytest.approx(4)
    # s = sqrt(2) log 2, n = 2: Student's reach is 12.706 * s / sqrt(2).
    assert found.high >= 4 * exp(12.706 * log(2)) * 0.999


def test_the_smallest_detectable_difference_worked_by_hand() -> None:
    logs = np.array([0.0, 0.02, 0.04, 0.06, 0.08])
    spread = sqrt(0.001)  # deviations -4, -2, 0, 2, 4 hundredths: squares sum to 0.004, over 4
    both = stats.t.ppf(0.975, 4) + stats.t.ppf(0.8, 4)
    plain = pytest.approx(exp(both * spread / sqrt(5)) - 1)
    assert smallest_detectable(logs, None) == plain
    quiet = Interval(estimate=1, low=0.99, high=1.01)  # reaches less far than the interval itself
    assert smallest_detectable(logs, quiet) == plain
    # A ratio below 1.5 would lie within this noise.
    noisy = Interval(estimate=1.2, low=0.96, high=1.5)
    above = stats.t.ppf(0.8, 4) * spread / sqrt(5)
    assert smallest_detectable(logs, noisy) == pytest.approx(1.5 * exp(above) - 1)


def test_what_is_called_detectable_is_found_in_most_sessions() -> None:
    rng = np.random.default_rng(11)

    def analysed(ratio: float) -> Analysis:
        return analyse(pairs(rng, ratio, NOISY), pairs(rng, 1, NOISY), margin=0.05, seed=1)

    found = [analysed(1).detectable for _ in range(30)]
    typical = float(np.median([one for one in found if one is not None]))
    said = Counter(analysed(1 + typical).verdict for _ in range(60))
    assert said["faster"] >= 0.62 * 60  # three of four, less two standard deviations


def test_a_control_that_differs_voids_the_comparison() -> None:
    rng = np.random.default_rng(4)
    found = analyse(pairs(rng, 1.5, QUIET), pairs(rng, 1.2, QUIET), margin=0.05, seed=1)
    assert found.verdict == "invalid"
    assert "against itself came out as 1.2" in found.why


def test_a_control_that_is_not_seen_to_be_equal_leaves_no_equivalence() -> None:
    rng = np.random.default_rng(4)
    same, shifted = pairs(rng, 1, QUIET), pairs(rng, 1.04, 0.03)
    assert analyse(same, pairs(rng, 1, QUIET), margin=0.05, seed=1).verdict == "equivalent"
    found = analyse(same, shifted, margin=0.05, seed=1)
    assert found.verdict == "undecided"
    assert "against itself is not" in found.why
    # It does not void what is far beyond the noise.
    assert analyse(pairs(rng, 1.5, QUIET), shifted, margin=0.05, seed=1).verdict == "faster"


@pytest.mark.parametrize(("measured", "control"), [(4, 10), (10, 4), (1, 1), (0, 0)])
def test_too_few_pairs_never_decide(measured: int, control: int) -> None:
    rng = np.random.default_rng(5)
    found = analyse(
        pairs(rng, 3, QUIET, measured), pairs(rng, 1, QUIET, control), margin=0.05, seed=1
    )
    assert found.verdict == "undecided"
    assert found.more_pairs == 5 - min(measured, control)


def test_so_many_more_pairs_decide() -> None:
    rng = np.random.default_rng(6)

    def analysed(n: int) -> Analysis:
        return analyse(pairs(rng, 1, NOISY, n), pairs(rng, 1, NOISY, n), margin=0.05, seed=1)

    few = analysed(10)
    assert few.verdict == "undecided"
    assert few.more_pairs is not None
    assert analysed(10 + few.more_pairs).verdict == "equivalent"


def swinging(ratio: float) -> list[Pair]:
    """Return six pairs around a ratio whose logs have a standard deviation of NOISY."""
    swing = NOISY * sqrt(5 / 6)  # three times up and three times down
    return [(ratio * exp(sign * swing), 1.0) for sign in (-1, 1) * 3]


@pytest.mark.parametrize(
    ("ratio", "pairs_needed"),
    # By hand: (2.0 + 0.85) * 0.1 over the further of log(ratio) and log(1.05 / ratio), squared.
    [(1.0, 34), (1.025, 136), (1.05, 34), (1.1, 9)],
)
def test_a_ratio_halfway_to_the_margin_takes_most_pairs(ratio: float, pairs_needed: int) -> None:
    found = analyse(swinging(ratio), swinging(1), margin=0.05, seed=1)
    assert found.verdict == "undecided"
    assert found.more_pairs is not None
    assert 0.9 * pairs_needed <= found.more_pairs + 6 <= 1.2 * pairs_needed + 2


def test_noise_that_hides_a_difference_asks_for_more_pairs_as_well() -> None:
    rng = np.random.default_rng(8)
    found = analyse(pairs(rng, 1.08, 0.005), pairs(rng, 1, 0.15), margin=0.05, seed=1)
    assert found.verdict == "undecided"
    assert "against itself varies as much" in found.why
    assert found.more_pairs is not None
    assert found.more_pairs >= 20


def test_the_same_seed_gives_the_same_answer() -> None:
    rng = np.random.default_rng(7)
    measured, control = pairs(rng, 1.1, 0.05), pairs(rng, 1, 0.05)
    assert analyse(measured, control, margin=0.05, seed=9) == analyse(
        measured, control, margin=0.05, seed=9
    )


def test_figures_without_a_ratio_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        analyse([(1.0, 0.0)] * 5, [(1.0, 1.0)] * 5, margin=0.05, seed=1)
    with pytest.raises(ValueError, match="margin"):
        analyse([], [], margin=0, seed=1)

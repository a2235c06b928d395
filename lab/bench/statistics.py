"""From pairs of rows to a verdict: the unit of analysis is the pair, never the request.

Two rows of a pair ran within one block, so what slows the machine down for a while hits both, and
their ratio keeps what is left. All arithmetic is on that ratio's logarithm: then "twice" and
"half" are equally far from "the same", and swapping the two stacks turns the verdict around.

Sources: the interval is the wider of two, the BCa bootstrap over pairs (Efron 1987, Journal of the
American Statistical Association 82:171) and Student's t, because the bootstrap alone is too narrow
for a dozen pairs.
Equivalence: the whole interval lies within the margin (Schuirmann 1987, Journal of Pharmacokinetics
and Biopharmaceutics 15:657), and so does that of the A/A pairs: a schedule that cannot show the
same to be the same could not have shown a difference (assay sensitivity, ICH E10, 2000). Smallest
detectable difference: (t.975 + t.8) * s / sqrt(n) with n - 1 degrees of freedom (Bloom 1995,
Evaluation Review 19:547), where the A/A interval reaches no further than t.975 * s / sqrt(n): else
its reach takes that one's place, because a verdict needs a ratio beyond both.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lab.bench.results import Interval, Verdict

Pair = tuple[float, float]
"""A figure of the first stack and one of the second, measured next to each other."""

CONFIDENCE: Final = 0.95
POWER: Final = 0.8
RESAMPLES: Final = 2_000
FEWEST_PAIRS: Final = 5
"""With fewer, one odd pair can make any verdict."""
MOST_MORE_PAIRS: Final = 10_000


@dataclass(frozen=True)
class Analysis:
    """What pairs say, in the terms of `results.Comparison`."""

    ratio: Interval | None
    noise: Interval | None
    detectable: float | None
    verdict: Verdict
    why: str
    more_pairs: int | None = None


def analyse(
    pairs: Sequence[Pair], control: Sequence[Pair], *, margin: float, seed: int
) -> Analysis:
    """Judge whether the first of each pair is larger than the second.

    `control` has A/A pairs: the first stack against itself on the same schedule. `margin` is the
    share up to which a difference counts as none. The same seed gives the same answer.

    Raises ValueError for a margin that is not above 0, or a figure that is not.
    """
    if margin <= 0:
        raise ValueError("The margin must be above 0.")
    logs, noise_logs = _logs(pairs), _logs(control)
    missing = FEWEST_PAIRS - min(len(logs), len(noise_logs))
    ratio, noise = interval(logs, seed), interval(noise_logs, seed)
    detectable = smallest_detectable(logs, noise)
    if missing > 0:
        why = f"At least {FEWEST_PAIRS} pairs, and as many A/A pairs, are needed for a verdict."
        return Analysis(ratio, noise, detectable, "undecided", why, missing)
    assert ratio is not None
    assert noise is not None
    verdict, why = _verdict(ratio, noise, margin)
    more = None
    if verdict == "undecided":
        distance = _to_decide(ratio, margin)
        more = max(_more_pairs(logs, distance), _more_pairs(noise_logs, distance))
    return Analysis(ratio, noise, detectable, verdict, why, more)


def interval(logs: NDArray[np.float64], seed: int) -> Interval | None:
    """Return the ratio that log ratios stand for, with its 95 % interval; None below two pairs."""
    n = len(logs)
    if n < 2:
        return None
    # Imported here: it takes as long as a row, and a session needs it only for its verdicts.
    from scipy import stats

    middle, spread = float(np.mean(logs)), float(np.std(logs, ddof=1))
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 1)) * spread / sqrt(n)
    low, high = middle - reach, middle + reach
    if spread > 0:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that few pairs make a rough interval
            found = stats.bootstrap(
                (logs,),
                np.mean,
                n_resamples=RESAMPLES,
                confidence_level=CONFIDENCE,
                method="BCa",
                rng=np.random.default_rng(seed),
            ).confidence_interval
        low, high = np.nanmin([low, found.low]), np.nanmax([high, found.high])
    return Interval(estimate=exp(middle), low=exp(low), high=exp(high))


def smallest_detectable(logs: NDArray[np.float64], noise: Interval | None) -> float | None:
    """Return the smallest true difference, as a share, that so many pairs would probably find.

    It is found when the ratio lies beyond its own interval's reach and beyond that of the noise.
    In simulated sessions, three of four find it: another session has another noise.
    """
    n = len(logs)
    if n < 2:
        return None
    error = float(np.std(logs, ddof=1)) / sqrt(n)
    beyond, above = _quantiles(n)
    floor = 0.0 if noise is None else noise_floor(noise)
    return exp(max(beyond * error, floor) + above * error) - 1


def noise_floor(noise: Interval) -> float:
    """Return how far from 1 the A/A interval reaches, as a logarithm: no finding lies within."""
    return max(abs(log(noise.low)), abs(log(noise.high)))


def _verdict(ratio: Interval, noise: Interval, margin: float) -> tuple[Verdict, str]:
    shown = f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    excludes_one = noise.low > 1 or noise.high < 1
    if excludes_one and abs(log(noise.estimate)) > log(1 + margin):
        return "invalid", (
            f"The same stack against itself came out as {noise.estimate:.2f} ({noise.low:.2f} to "
            f"{noise.high:.2f}): something else than the stacks made the difference."
        )
    if _within(ratio, margin) and _within(noise, margin):
        return "equivalent", f"The ratio is {shown}: within {margin:.0%} of 1."
    beyond = abs(log(ratio.estimate)) > noise_floor(noise)
    if ratio.low > 1 and beyond:
        return "faster", f"The ratio is {shown}: above 1, and above the noise."
    if ratio.high < 1 and beyond:
        return "slower", f"The ratio is {shown}: below 1, and beyond the noise."
    if _within(ratio, margin):
        return "undecided", (
            f"The ratio is {shown}, within {margin:.0%} of 1, but that of the same stack against "
            f"itself is not: {noise.low:.2f} to {noise.high:.2f}."
        )
    if ratio.low <= 1 <= ratio.high:
        return "undecided", f"The ratio is {shown}: it may be 1, or differ by over {margin:.0%}."
    return "undecided", (
        f"The ratio is {shown}, but the same stack against itself varies as much: "
        f"{noise.low:.2f} to {noise.high:.2f}."
    )


def _within(ratio: Interval, margin: float) -> bool:
    return 1 / (1 + margin) <= ratio.low and ratio.high <= 1 + margin


def _to_decide(ratio: Interval, margin: float) -> float:
    """Return how far an interval may reach and still decide, should the ratio stay as it is.

    Up to 1 it shows a difference, up to the margin's end that there is none: the further one is
    the easier one. Halfway between them, both are hard.
    """
    found = abs(log(ratio.estimate))
    return max(found, log(1 + margin) - found)


def _more_pairs(logs: NDArray[np.float64], distance: float) -> int:
    """Return how many more pairs would probably keep an interval within this distance."""
    spread, have = float(np.std(logs, ddof=1)), len(logs)
    needed = have + 1
    while sum(_quantiles(needed)) * spread / sqrt(needed) > distance:
        needed = ceil(needed * 1.1)
        if needed > MOST_MORE_PAIRS:
            break
    return needed - have


def _quantiles(n: int) -> tuple[float, float]:
    """Return Student's t of n pairs for the interval's end, and for the power beyond it."""
    from scipy import stats

    return float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 1)), float(stats.t.ppf(POWER, n - 1))


def _logs(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    figures = np.asarray(pairs, dtype=np.float64).reshape(-1, 2)
    if not (figures > 0).all():
        raise ValueError("A ratio needs figures above 0: leave pairs out that have none.")
    return np.log(figures[:, 0] / figures[:, 1])

"""The results of several machines, side by side: each machine is one estimate.

Requests, rows and pairs of different machines are never put into one heap: a machine with more of
them would count more, and the spread between machines, which is the question here, would vanish.
The mean is that of the machines' log ratios, each with the same weight, and its interval is
Student's t over machines. So it holds both kinds of noise, that of each session and the difference
between machines (a random-effects mean with equal weights).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import exp, log, sqrt
from pathlib import Path
from statistics import fmean, median, stdev
from typing import Any, Final

from lab.bench.results import Comparison, Interval, Results, Verdict

FEWEST: Final = 3
"""Machines below which an interval over machines says nothing."""


@dataclass(frozen=True)
class Estimate:
    """What one machine has found of a comparison."""

    machine: str
    ratio: Interval
    verdict: Verdict
    unequal: tuple[str, ...]


@dataclass(frozen=True)
class Spread:
    """One comparison over all machines that have a valid estimate of it."""

    identity: str
    question: str
    estimates: tuple[Estimate, ...]
    invalid: int
    mean: Interval | None
    another: Interval | None
    """What one more machine would probably find: nineteen of twenty lie in it."""

    @property
    def middle(self) -> float:
        """The median over machines."""
        return median(one.ratio.estimate for one in self.estimates)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest machine."""
        found = [one.ratio.estimate for one in self.estimates]
        return min(found), max(found)

    @property
    def verdicts(self) -> str:
        """How many machines have come to each verdict."""
        counts = Counter(one.verdict for one in self.estimates)
        said = [f"{verdict} {count}" for verdict, count in counts.most_common()]
        return ", ".join([*said, *([f"invalid {self.invalid}"] if self.invalid else [])])

    @property
    def unequal(self) -> str:
        """Settings that differ, on any machine, beside what is compared."""
        return "; ".join(sorted({part for one in self.estimates for part in one.unequal}))


@dataclass(frozen=True)
class Pooled:
    """The sessions of a class: one for each machine, and what they say together."""

    sessions: Mapping[str, Results]
    """By file. Each is the one session of its machine that counts."""
    older: Mapping[str, str]
    """Each file that does not count, and the later one with the same machine name that does."""
    spreads: tuple[Spread, ...]

    def fields(self) -> dict[str, Any]:
        """Return everything for a program."""
        return {
            "machines": [
                {
                    "machine": one.environment.machine,
                    "file": file,
                    "mode": one.mode,
                    "engine": one.engine,
                    "cpu": one.environment.cpu,
                    "cores": one.environment.cores,
                    "commit": one.environment.commit,
                    "python": one.environment.python,
                }
                for file, one in self.sessions.items()
            ],
            "older": list(self.older),
            "comparisons": [_spread_fields(one) for one in self.spreads],
        }


def _spread_fields(spread: Spread) -> dict[str, Any]:
    return {
        "comparison": spread.identity,
        "question": spread.question,
        "machines": len(spread.estimates),
        "invalid": spread.invalid,
        "median": spread.middle,
        "lowest": spread.ends[0],
        "highest": spread.ends[1],
        "mean": spread.mean and spread.mean.model_dump(),
        "another_machine": spread.another and spread.another.model_dump(),
        "estimates": [{**asdict(one), "ratio": one.ratio.model_dump()} for one in spread.estimates],
    }


def looks_like_results(file: Path) -> bool:
    """Tell whether a JSON file means to be the results of a session."""
    try:
        fields = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and {"environment", "comparisons", "rows"} <= fields.keys()


def pool(sessions: Mapping[str, Results]) -> Pooled:
    """Return the sessions of several machines, by file, as one. Of each machine the last counts."""
    last: dict[str, str] = {}
    for file in sorted(sessions, key=lambda name: sessions[name].started_at):
        last[sessions[file].environment.machine] = file
    chosen = {file: sessions[file] for file in sorted(last.values())}
    older = {
        file: last[sessions[file].environment.machine]
        for file in sorted(sessions)
        if file not in chosen
    }
    found: dict[str, list[tuple[str, Comparison]]] = {}
    for one in chosen.values():
        for comparison in one.comparisons:
            found.setdefault(comparison.id, []).append((one.environment.machine, comparison))
    spreads = [_spread(name, group) for name, group in found.items()]
    return Pooled(chosen, older, tuple(one for one in spreads if one is not None))


def _spread(identity: str, group: Sequence[tuple[str, Comparison]]) -> Spread | None:
    estimates = tuple(
        Estimate(machine, one.ratio, one.verdict, tuple(one.unequal))
        for machine, one in group
        if one.ratio is not None and one.verdict != "invalid"
    )
    if not estimates:
        return None
    logs = [log(one.ratio.estimate) for one in estimates]
    return Spread(
        identity=identity,
        question=group[0][1].question,
        estimates=estimates,
        invalid=sum(one.verdict == "invalid" for _, one in group),
        mean=_around(logs, 1 / len(logs)),
        another=_around(logs, 1 + 1 / len(logs)),
    )


def _around(logs: Sequence[float], share: float) -> Interval | None:
    """Return the mean with the interval of so large a share of the variance between machines."""
    from scipy import stats  # it takes a second, and other commands need not wait for it

    n = len(logs)
    if n < FEWEST:
        return None
    middle = fmean(logs)
    reach = float(stats.t.ppf(0.975, n - 1)) * stdev(logs) * sqrt(share)
    return Interval(estimate=exp(middle), low=exp(middle - reach), high=exp(middle + reach))

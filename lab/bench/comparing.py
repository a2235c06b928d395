"""From the rows of an experiment to its comparisons: pairs, verdict, and what is unequal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from lab.bench.ledger import unequal
from lab.bench.results import Comparison, Metric, Row, Verdict
from lab.bench.schedule import AGAIN
from lab.bench.statistics import FEWEST_PAIRS, Analysis, Pair, analyse

MARGIN = 0.05
# What differs between two stacks because the stacks are what is compared.
STACK_ITSELF = frozenset({"server", "framework", "interface", "event_loop", "http_parser"})

Block = Mapping[str, Row]
"""The rows of one block by role: the stacks' names, and "again" for the first stack's second."""


@dataclass(frozen=True)
class Asked:
    """A comparison before it is measured."""

    workload: str
    workload_title: str
    first: str
    first_title: str
    second: str
    second_title: str
    metric: Metric = "throughput"
    compared: Collection[str] = STACK_ITSELF

    @property
    def identity(self) -> str:
        """The comparison's id."""
        parts = [self.workload, self.first, self.second]
        return "/".join(parts if self.metric == "throughput" else [*parts, self.metric])

    @property
    def question(self) -> str:
        """The comparison as a question."""
        what = {
            "throughput": "answer more requests a second than",
            "latency_p50": "answer half of the requests sooner than",
            "latency_p99": "answer 99 of 100 requests sooner than",
        }[self.metric]
        return f"{self.workload_title}: does {self.first_title} {what} {self.second_title}?"


def compare(asked: Asked, blocks: Sequence[Block], *, seed: int) -> Comparison:
    """Return what whole blocks say of a question."""
    pairs = [(block[asked.first], block[asked.second]) for block in blocks]
    control = [(block[asked.first], block[AGAIN]) for block in blocks if AGAIN in block]
    found = judge_pairs(pairs, control, asked.metric, seed=seed)
    return Comparison(
        id=asked.identity,
        question=asked.question,
        workload=asked.workload,
        metric=asked.metric,
        first=asked.first,
        second=asked.second,
        pairs=[(one.id, other.id) for one, other in pairs],
        control=[(one.id, other.id) for one, other in control],
        margin=MARGIN,
        ratio=found.ratio,
        noise=found.noise,
        detectable=found.detectable,
        verdict=found.verdict,
        why=found.why,
        more_pairs=found.more_pairs,
        unequal=unequal(pairs[0][0].ledger, pairs[0][1].ledger, asked.compared) if pairs else [],
    )


def judge_pairs(
    pairs: Sequence[tuple[Row, Row]],
    control: Sequence[tuple[Row, Row]],
    metric: Metric,
    *,
    seed: int,
) -> Analysis:
    """Return what pairs of rows say, those included that are not valid or have no good answer."""
    figures, bad = _figures(pairs, metric)
    noise, bad_control = _figures(control, metric)
    usable, silent = _split(figures)
    usable_noise, _ = _split(noise)
    reasons = bad + bad_control
    found = analyse(usable, usable_noise, margin=MARGIN, seed=seed)
    if reasons and min(len(figures), len(noise)) < FEWEST_PAIRS:
        why = f"{len(reasons)} rows are not valid, so too few pairs are left. {reasons[0]}"
        return replace(found, verdict="invalid", why=why, more_pairs=None)
    if len(silent) >= FEWEST_PAIRS and not usable:
        return _one_is_silent(found, silent)
    if silent:
        # The other pairs alone would leave out what the stack did worst.
        why = f"In {len(silent)} of {len(figures)} pairs one stack had no good answer: no ratio."
        return _without_ratio(found, "undecided", why)
    return found


def figure(row: Row, metric: Metric) -> float:
    """Return a row's figure, of which more is better: latencies are turned into speeds."""
    if metric == "throughput":
        return row.throughput
    # Of a row with missing answers, the late ones are unknown: it has no latency to speak of.
    if row.latency is None or row.planned - row.good > 0.01 * row.planned:
        return 0.0
    return 1 / (row.latency.p50 if metric == "latency_p50" else row.latency.p99)


def _figures(pairs: Sequence[tuple[Row, Row]], metric: Metric) -> tuple[list[Pair], list[str]]:
    good: list[Pair] = []
    bad: dict[str, str] = {}
    for pair in pairs:
        broken = [row for row in pair if row.validity != "valid"]
        bad |= {row.id: f"{row.id} is {row.validity}: {row.why}" for row in broken}
        if not broken:
            good.append((figure(pair[0], metric), figure(pair[1], metric)))
    return good, list(bad.values())


def _split(figures: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    usable = [pair for pair in figures if min(pair) > 0]
    return usable, [pair for pair in figures if min(pair) <= 0]


def _one_is_silent(found: Analysis, silent: Sequence[Pair]) -> Analysis:
    first_alone = all(first > 0 for first, _ in silent)
    second_alone = all(second > 0 for _, second in silent)
    if not first_alone and not second_alone:
        why = "Neither stack had good answers in each pair."
        return _without_ratio(found, "undecided", why)
    why = (
        f"The {'second' if first_alone else 'first'} stack had no good answer in any of "
        f"{len(silent)} pairs, the other one in every one: there is no ratio, and no doubt."
    )
    return _without_ratio(found, "faster" if first_alone else "slower", why)


def _without_ratio(found: Analysis, verdict: Verdict, why: str) -> Analysis:
    return replace(found, ratio=None, detectable=None, verdict=verdict, why=why, more_pairs=None)

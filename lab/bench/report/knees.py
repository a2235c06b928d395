"""The knees of a report: one line for each stack, however many sweeps it had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from lab.bench.report.document import Table
from lab.bench.report.words import capital, figure, stack_settings, titles, workload_title
from lab.bench.results import Knee, Results


@dataclass(frozen=True)
class Swept:
    """The knees that the sweeps of one stack have found."""

    stack: str
    workload: str
    target_ms: float
    knees: tuple[Knee, ...]

    @property
    def rates(self) -> list[float]:
        """The knees that were found, rising."""
        return sorted(one.rate for one in self.knees if one.rate is not None)

    @property
    def middle(self) -> float | None:
        """Their median; None when no sweep has found one."""
        return median(self.rates) if self.rates else None

    @property
    def bounded(self) -> bool:
        """Whether a higher rate failed in each sweep."""
        return all(one.bounded for one in self.knees)

    @property
    def text(self) -> str:
        """The median, and of several sweeps the lowest and the highest."""
        if self.middle is None:
            return "none"
        if len(self.knees) == 1:
            return figure(self.middle)
        return f"{figure(self.middle)} ({figure(self.rates[0])} to {figure(self.rates[-1])})"


def swept(results: Results) -> list[Swept]:
    """Return the sweeps of a session, by stack and workload."""
    found: dict[tuple[str, str, float], list[Knee]] = {}
    for one in results.knees:
        found.setdefault((one.stack, one.workload, one.target_ms), []).append(one)
    return [Swept(*key, tuple(knees)) for key, knees in found.items()]


def knee_sentences(results: Results) -> list[str]:
    """Return what was found of each stack's knee, in a sentence each."""
    return [_sentence(one, titles(results)) for one in swept(results)]


def _sentence(one: Swept, names: Mapping[str, str]) -> str:
    name = capital(names.get(one.stack, one.stack))
    asked = f"at “{workload_title(one.workload)}”"
    if one.middle is None and any(knee.failed is not None for knee in one.knees):
        return f"Knee: {name} sustained no rate that was tried {asked}."
    if one.middle is None:
        return f"Knee: nothing can be said of {name} {asked}. {_whys(one)}"
    more = "" if one.bounded else " or more (no higher rate was seen to fail)"
    how = "one sweep" if len(one.knees) == 1 else f"the median of {len(one.knees)} sweeps"
    return (
        f"Knee: {name} sustained {one.text} requests a second{more}, with its p99 under "
        f"{one.target_ms:g} ms, {asked}: {how}."
    )


def knee_table(results: Results) -> Table:
    """Return the highest rate that each stack sustained."""
    names = titles(results)
    rows = [
        (
            names.get(one.stack, one.stack),
            stack_settings(results, one.stack),
            capital(workload_title(one.workload)),
            f"{one.target_ms:g} ms",
            str(len(one.knees)),
            one.text,
            "yes" if one.bounded else "no: the knee may lie higher",
            _whys(one),
        )
        for one in swept(results)
    ]
    return Table(
        "The highest rate sustained, in requests a second",
        (
            *("Stack", "Settings", "Asked", "p99 under", "Sweeps", "Rate", "A higher rate failed"),
            "Why",
        ),
        tuple(rows),
        (
            "Of several sweeps: the median, the lowest and the highest. A knee of one sweep says "
            "nothing of chance: compare it roughly. No claim is decided by fewer than five.",
        ),
        frozenset({3, 4, 5}),
    )


def _whys(one: Swept) -> str:
    if len(one.knees) == 1:
        return one.knees[0].why
    return " ".join(f"Sweep {knee.sweep}: {knee.why}" for knee in one.knees)

"""The claims of the course notes, and what a session on this machine says of each.

The claims are data (claims.toml), written down before anything is measured: hypothesis, margin,
falsifier, and which comparisons decide. A claim is a general statement, so one condition that
clearly goes against it refutes it, and no number of conditions proves it beyond themselves:

    depends          some conditions are clearly for it, and some clearly against it
    does not hold    some are clearly against it, none is clearly for it
    holds            every condition is clearly for it
    undecided        anything else that was measured
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lab.bench.evidence import Judged, find, judge, judge_knees
from lab.bench.proofs import PROOFS, Finding
from lab.bench.results import Metric, Outcome, Results

FILE: Final = Path(__file__).with_name("claims.toml")
Answer = Literal["holds", "does not hold", "depends", "undecided", "not measured"]


class UnknownClaimError(LookupError):
    """There is no claim of this name. Says which there are."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Test(_Data):
    """A condition under which a claim is tried: two stacks under one workload."""

    __test__ = False  # for pytest, which looks for classes of this name

    workload: str
    first: str
    second: str
    metric: Metric = "throughput"
    measure: Literal["comparison", "knee"] = "comparison"
    expects: Literal["more", "as much"]
    condition: str

    def threshold(self, margin: float) -> float:
        """Return how many times as fast the first must at least be."""
        return 1 + margin if self.expects == "more" else 1 / (1 + margin)


class Claim(_Data):
    """A statement of the course notes, and how it is put to the test. See claims.toml."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    statement: str
    notes: str
    kind: Literal["measured", "experiment", "elsewhere", "dated"]
    hypothesis: str
    falsifier: str
    holds_when: str
    not_when: str
    margin: float | None = Field(default=None, gt=0)
    tests: tuple[Test, ...] = ()
    experiment: str | None = None
    see: str | None = None
    verdict: Literal["holds", "does not hold", "depends"] | None = None
    since: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        needs = {
            "measured": (self.tests, self.margin),
            "experiment": (self.experiment in PROOFS,),
            "elsewhere": (self.see,),
            "dated": (self.verdict, self.since, self.source),
        }
        if not all(needs[self.kind]):
            raise ValueError(f"the claim {self.id} misses what the kind '{self.kind}' needs")
        return self


@cache
def claims() -> tuple[Claim, ...]:
    """Return all claims, in the order of the notes."""
    return tuple(map(Claim.model_validate, tomllib.loads(FILE.read_text("utf-8"))["claim"]))


def find_claim(name: str) -> Claim:
    """Return the claim of this name.

    Raises UnknownClaimError.
    """
    for one in claims():
        if one.id == name:
            return one
    known = ", ".join(one.id for one in claims())
    raise UnknownClaimError(f"There is no claim '{name}'. There are: {known}.")


def outcomes(
    results: Results | None, findings: Mapping[str, Finding] | None = None
) -> list[Outcome]:
    """Return what a session says of every claim. Called when a session ends.

    `findings` are those of the small experiments, by the claim's id; without one, the claim is
    "not measured".
    """
    return [outcome(one, results, (findings or {}).get(one.id)) for one in claims()]


def outcome(claim: Claim, results: Results | None, finding: Finding | None = None) -> Outcome:
    """Return what a session, or a small experiment, says of a claim."""
    if claim.kind == "measured":
        return _measured(claim, judged(claim, results))
    verdict, why = _said(claim, finding)
    return Outcome(claim=claim.id, verdict=verdict, interval=None, why=why, comparisons=[])


def judged(claim: Claim, results: Results | None) -> list[tuple[Test, Judged]]:
    """Return what each condition of a claim has come to."""
    return [(test, _judge(claim, test, results)) for test in claim.tests]


def _judge(claim: Claim, test: Test, results: Results | None) -> Judged:
    if results is None:
        return judge(None, 1)
    threshold = test.threshold(claim.margin or 0)
    if test.measure == "knee":
        return judge_knees(results, test.workload, test.first, test.second, threshold)
    found = find(results, test.workload, test.first, test.second, test.metric)
    return judge(found, threshold)


def _measured(claim: Claim, conditions: list[tuple[Test, Judged]]) -> Outcome:
    measured = [(test, one) for test, one in conditions if one.state != "not measured"]
    missing = [test.condition for test, one in conditions if one.state == "not measured"]
    said = [f"{one.state}: {test.condition} ({one.why.rstrip('.')})" for test, one in measured]
    if missing:
        said.append(f"not measured: {'; '.join(missing)}")
    return Outcome(
        claim=claim.id,
        verdict=_together([one.state for _, one in conditions]),
        # The first condition is the claim's main one; the others are in the sentence.
        interval=measured[0][1].interval if measured else None,
        why=". ".join(part[0].upper() + part[1:] for part in said) + ".",
        comparisons=[one.identity for _, one in measured if one.identity],
    )


def _together(states: list[str]) -> Answer:
    if set(states) == {"not measured"}:
        return "not measured"
    if "against" in states:
        return "depends" if "for" in states else "does not hold"
    return "holds" if set(states) == {"for"} else "undecided"


def _said(claim: Claim, finding: Finding | None) -> tuple[Answer, str]:
    if claim.kind == "dated":
        assert claim.verdict is not None
        fact = f"A dated fact, not measured here. {claim.holds_when} But: {claim.not_when}"
        return claim.verdict, f"{fact} Source: {claim.source}."
    if claim.kind == "elsewhere":
        return "not measured", f"Put to the test by {claim.see}."
    if finding is None:
        return "not measured", "Not measured: `lab claims --run` does the experiment."
    verdicts: dict[bool | None, Answer] = {True: "holds", False: "does not hold", None: "undecided"}
    return verdicts[finding.holds], finding.why

"""A case: what is to be decided, for which load, by which criteria, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator, model_validator

from lab.decide.offers import (
    OPTIONS,
    Billing,
    Common,
    Figures,
    OptionName,
    Part,
    prices,
    with_offer,
)
from lab.decide.quantities import (
    Budget,
    Count,
    Factor,
    Gibibytes,
    Gigabytes,
    Horizon,
    Hours,
    HoursAMonth,
    Plain,
    Quantity,
    Requests,
    Seconds,
    Share,
    Utilisation,
    Weight,
)

HIGHEST_SCORE: Final = 10.0

Words = Annotated[str, Field(min_length=1)]
Names = Annotated[str, Field(pattern=r"^[\w-]+$")]  # a figure's name is made of them and of points


class Load(Part):
    """What is asked of the service in a usual month."""

    requests: Requests = Field(description="requests in a usual month")
    compute: Seconds = Field(description="processor time that one request takes")
    wait: Seconds = Field(Quantity(low=0, high=0, unit="s"), description="waiting, for one request")
    memory: Gibibytes = Field(description="memory of one process that serves")
    response: Gigabytes = Field(description="data that leaves with one answer")
    idle: Share = Field(Quantity(low=0, high=0), description="part of the month without requests")
    peak: Factor = Field(
        Quantity(low=1, high=1), description="requests in the busiest minutes over those usual"
    )
    months: tuple[Plain, ...] = Field(
        (1.0,) * 12, description="requests in each month of the year over those of a usual one"
    )
    measured: str = Field("", description="the workload of `lab bench` that measures `compute`")

    @field_validator("months")
    @classmethod
    def _a_year(cls, months: tuple[float, ...]) -> tuple[float, ...]:
        if len(months) != 12:
            raise ValueError(f"a year has 12 months, and {len(months)} are given")
        if not all(map(isfinite, months)) or min(months) < 0 or not 0 < max(months) <= 1e6:
            raise ValueError(
                "a month has from 0 to a million times the usual requests, and one has some"
            )
        return months


class Choice(Figures):
    """One option of a case: what is bought, with the figures that the case changes, and the work.

    `offer` names an entry of the price list. Without one, the case gives every figure itself.
    """

    offer: str = ""
    name: str = ""
    billing: Billing | None = None
    memory_billed: Literal["busy", "always"] = "busy"
    minimum: Count = Field(Quantity(low=1, high=1), description="instances or servers at least")
    staff: HoursAMonth = Field(description="hours of work in a month, to keep it running")
    setup: Hours = Field(Quantity(low=0, high=0, unit="h"), description="hours of work, once")
    switched_off: bool = Field(False, description="whether instances are off while nobody asks")
    housing: Literal["own room", "colocation"] = "own room"
    source: str = ""


class Criterion(Part):
    """Something that matters: how much, by which measure, and how each option fares, 0 to 10.

    Scores are given, or come from the cost: 10 for nothing, 0 for `budget` or more.
    """

    title: Words
    weight: Weight
    measure: str = Field(description="what the scores stand for")
    scores: dict[OptionName, Plain] = Field(default_factory=dict)
    budget: Budget | None = None
    why: str = ""

    @model_validator(mode="after")
    def _check(self) -> Criterion:
        if bool(self.scores) == (self.budget is not None):
            raise ValueError("a criterion has either scores or a budget")
        for option, score in self.scores.items():
            if not 0 <= score <= HIGHEST_SCORE:
                raise ValueError(f"the score of {option}, {score:g}, is not from 0 to 10")
        return self


class Fact(Part):
    """Something that is so in the case: which criteria it bears on, and what it rules out."""

    id: Words
    text: Words
    criteria: tuple[str, ...] = ()
    rules_out: tuple[OptionName, ...] = ()


class Trap(Part):
    """A mistake that is easily made in the case."""

    thought: str
    instead: str


class Case(Part):
    """A whole case. `figures.py` has its numbers as one flat list.

    `name` says where it is from: the name of a written case, or a file.
    """

    name: str = ""
    title: Words
    summary: Words
    question: Words
    horizon: Horizon = Field(description="how long the decision is to hold")
    utilisation: Utilisation = Field(
        Quantity(low=0.6, high=0.6), description="how busy processors may get in the busiest time"
    )
    load: Load
    common: Common = Field(default_factory=lambda: prices().common)
    option: dict[OptionName, Choice]
    criteria: dict[Names, Criterion]
    weights_vary: Plain = Field(0.25, ge=0, le=1, description="how far weights vary: 0.25 is 25 %")
    scores_vary: Plain = Field(1.0, ge=0, le=5, description="how far scores vary, up and down")
    facts: tuple[Fact, ...] = ()
    traps: tuple[Trap, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            return data
        filled = dict(data)
        if isinstance(options := filled.get("option"), Mapping):
            filled["option"] = {name: with_offer(name, one) for name, one in options.items()}
        if isinstance(common := filled.get("common"), Mapping):
            filled["common"] = {**prices().common.model_dump(exclude_none=True), **common}
        return filled

    @model_validator(mode="after")
    def _check(self) -> Case:
        if not self.criteria or len(self.option) < 2:
            raise ValueError("a case has two or more options, and criteria to choose by")
        if not any(one.weight.high for one in self.criteria.values()):
            raise ValueError("all weights are 0: nothing matters")
        _once("facts have the id", (one.id for one in self.facts))
        _once("criteria have the title", (one.title for one in self.criteria.values()))
        for name, criterion in self.criteria.items():
            missing = [
                one for one in self.option if criterion.scores and one not in criterion.scores
            ]
            if missing:
                raise ValueError(
                    f"criteria.{name}.scores: the criterion {name} has no score for "
                    f"{', '.join(missing)}"
                )
        for option, choice in self.option.items():
            self._check_choice(option, choice)
        for fact in self.facts:
            unknown = [one for one in fact.criteria if one not in self.criteria]
            if unknown:
                raise ValueError(f"the fact {fact.id} bears on {unknown[0]}, which is no criterion")
        self._check_euros()
        return self

    def _check_choice(self, option: str, choice: Choice) -> None:
        if choice.memory is not None and choice.memory.low < self.load.memory.high:
            raise ValueError(
                f"option.{option}.memory: an instance has {choice.memory.written}, and one "
                f"process needs {self.load.memory.written} (load.memory)"
            )
        # Of these, neither end of a range is always the cheaper one.
        if choice.billing == "use" and choice.vcpus is not None and not choice.vcpus.exact:
            raise ValueError(
                f"option.{option}.vcpus: {choice.vcpus.written} is a range, and what is billed by "
                "use has one size"
            )
        if choice.switched_off and not self.load.idle.exact:
            raise ValueError(
                f"load.idle: {self.load.idle.written} is a range, where one value is wanted, "
                f"because option.{option} is switched off in that time"
            )

    def _check_euros(self) -> None:
        """Refuse euros that no option can do without. An option's own only leave it unpriced."""
        if self.common.euro is not None:
            return
        needed = {"common.salary": self.common.salary} | {
            f"criteria.{name}.budget": one.budget
            for name, one in self.criteria.items()
            if one.budget is not None
        }
        for name, figure in needed.items():
            if figure.unit.startswith("EUR"):
                raise ValueError(
                    f"{name}: {figure.written} is in euros, and common.euro does not say how many "
                    "dollars one is"
                )

    @property
    def options(self) -> tuple[OptionName, ...]:
        """The options of the case, from those that one runs oneself to those that others run."""
        return tuple(one for one in OPTIONS if one in self.option)

    def ruled_out(self) -> dict[OptionName, str]:
        """Return the options that a fact rules out, with the fact."""
        return {
            option: fact.text
            for option in self.options
            for fact in self.facts
            if option in fact.rules_out
        }


def _once(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"two {what} {name!r}")
        seen.add(name)

"""A case: what is to be decided, for which load, by which criteria, and what is known of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from lab.decide.offers import OPTIONS, Billing, Common, Figures, OptionName, Part, prices
from lab.decide.quantities import (
    Budget,
    Count,
    Factor,
    Gibibytes,
    Gigabytes,
    Hours,
    HoursAMonth,
    Months,
    Quantity,
    Requests,
    Seconds,
    Share,
)
from lab.decide.refusal import CaseError, refused

CASES: Final = Path(__file__).with_name("cases")
HIGHEST_SCORE: Final = 10.0


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
    months: tuple[float, ...] = Field(
        (1.0,) * 12, description="requests in each month of the year over those of a usual one"
    )
    measured: str = Field("", description="the workload of `lab bench` that measures `compute`")

    @field_validator("months")
    @classmethod
    def _a_year(cls, months: tuple[float, ...]) -> tuple[float, ...]:
        if len(months) != 12:
            raise ValueError(f"a year has 12 months, and {len(months)} are given")
        if min(months) < 0 or not max(months):
            raise ValueError("a month has 0 or more times the usual requests, and one has some")
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

    title: str
    weight: Quantity
    measure: str = Field(description="what the scores stand for")
    scores: dict[OptionName, float] = Field(default_factory=dict)
    budget: Budget | None = None
    why: str = ""

    @model_validator(mode="after")
    def _check(self) -> Criterion:
        if self.weight.low < 0:
            raise ValueError(f"the weight {self.weight} is negative")
        if bool(self.scores) == (self.budget is not None):
            raise ValueError("a criterion has either scores or a budget")
        for option, score in self.scores.items():
            if not 0 <= score <= HIGHEST_SCORE:
                raise ValueError(f"the score of {option}, {score:g}, is not from 0 to 10")
        return self


class Fact(Part):
    """Something that is so in the case: which criteria it bears on, and what it rules out."""

    id: str
    text: str
    criteria: tuple[str, ...] = ()
    rules_out: tuple[OptionName, ...] = ()


class Trap(Part):
    """A mistake that is easily made in the case."""

    thought: str
    instead: str


class Case(Part):
    """A whole case. `figures.py` has its numbers as one flat list."""

    name: str = ""
    title: str
    summary: str
    question: str
    horizon: Months = Field(description="how long the decision is to hold")
    utilisation: Share = Field(
        Quantity(low=0.6, high=0.6), description="how busy processors may get in the busiest time"
    )
    load: Load
    common: Common = Field(default_factory=lambda: prices().common)
    option: dict[OptionName, Choice]
    criteria: dict[str, Criterion]
    weights_vary: float = Field(0.25, ge=0, le=1, description="how far weights vary: 0.25 is 25 %")
    scores_vary: float = Field(1.0, ge=0, le=5, description="how far scores vary, up and down")
    facts: tuple[Fact, ...] = ()
    traps: tuple[Trap, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            return data
        filled = dict(data)
        if isinstance(options := filled.get("option"), Mapping):
            filled["option"] = {name: _with_offer(name, one) for name, one in options.items()}
        if isinstance(common := filled.get("common"), Mapping):
            filled["common"] = {**prices().common.model_dump(exclude_none=True), **common}
        return filled

    @model_validator(mode="after")
    def _check(self) -> Case:
        if not self.criteria or len(self.option) < 2:
            raise ValueError("a case has two or more options, and criteria to choose by")
        if not any(one.weight.high for one in self.criteria.values()):
            raise ValueError("all weights are 0: nothing matters")
        for name, criterion in self.criteria.items():
            missing = [
                one for one in self.option if criterion.scores and one not in criterion.scores
            ]
            if missing:
                raise ValueError(f"the criterion {name} has no score for {', '.join(missing)}")
        for option, choice in self.option.items():
            if choice.memory is not None and choice.memory.low < self.load.memory.high:
                raise ValueError(
                    f"option.{option}.memory: an instance has {choice.memory.written}, and one "
                    f"process needs {self.load.memory.written} (load.memory)"
                )
        for fact in self.facts:
            unknown = [one for one in fact.criteria if one not in self.criteria]
            if unknown:
                raise ValueError(f"the fact {fact.id} bears on {unknown[0]}, which is no criterion")
        return self

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


def _with_offer(option: object, choice: object) -> object:
    """Return a choice of a case with the figures of its offer, where it has none of its own."""
    if not isinstance(choice, Mapping) or not choice.get("offer"):
        return choice
    known = {one.id: one for one in prices().offer}
    offer = known.get(str(choice["offer"]))
    if offer is None:
        raise ValueError(
            f"option.{option}.offer: {choice['offer']!r} is not in the price list. Known are "
            f"{', '.join(known)}."
        )
    taken = {
        name: {
            **value,
            "source": value["source"] or offer.source,
            "date": offer.date,
            "confidence": offer.confidence,
        }
        if isinstance(value, dict)
        else value
        for name, value in offer.model_dump(exclude_none=True).items()
        if name not in {"id", "option", "date", "confidence", "gaps"}
    }
    return {**taken, **choice}


def read_case(file: Path) -> Case:
    """Return the case in a TOML file.

    Raises:
        CaseError: when it is not one: names each field that is wrong, why, and an example.
    """
    try:
        fields = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CaseError(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{file} is not TOML: {error}.") from error
    return make_case({"name": file.stem, **fields}, str(file))


def make_case(fields: Mapping[str, Any], where: str = "The case") -> Case:
    """Return the case that these fields make.

    Raises:
        CaseError: when they make none.
    """
    try:
        return Case.model_validate(fields)
    except ValidationError as error:
        raise CaseError(refused(where, error)) from error


def case_names() -> list[str]:
    """Return the names of the written cases."""
    return sorted(file.stem for file in CASES.glob("*.toml"))


def load_case(name: str | Path) -> Case:
    """Return a written case by its name, or the case in a file.

    Raises:
        CaseError: when there is none.
    """
    if isinstance(name, str) and name in case_names():
        return read_case(CASES / f"{name}.toml")
    if isinstance(name, str) and not name.endswith(".toml") and not Path(name).exists():
        raise CaseError(
            f"There is no case {name!r}. Written cases are {', '.join(case_names())}. "
            "A case of your own is a file: lab decide my_case.toml."
        )
    return read_case(Path(name))

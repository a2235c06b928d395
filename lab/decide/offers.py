"""What can be bought, at which price, and from which day: `prices.toml`, typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from lab.decide.quantities import (
    Count,
    DataPrice,
    EnergyPrice,
    Factor,
    Gibibytes,
    HoursAYear,
    MemoryPrice,
    Money,
    MoneyAMonth,
    MoneyAYear,
    Months,
    ProcessorPrice,
    Processors,
    Rent,
    RequestPrice,
    Step,
    Units,
    Watts,
)

FILE: Final = Path(__file__).with_name("prices.toml")

OptionName = Literal["on-premises", "iaas", "serverless", "paas", "saas"]
OPTIONS: Final[tuple[OptionName, ...]] = ("on-premises", "iaas", "serverless", "paas", "saas")
# A year, a month or a day: what is known of when a price was seen.
Date = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$")]
Billing = Literal["own", "instance", "use", "requests"]


class Part(BaseModel):
    """A part of a file; a name that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Figures(Part):
    """The figures of an offer. Which of them count depends on how it is billed.

    `own`: bought and run. `instance`: by the time that it is there. `use`: by the time that it
    works. `requests`: by the answer.
    """

    price: MoneyAMonth | None = Field(None, description="of one instance for a month")
    vcpus: Processors | None = Field(None, description="processors of one instance or server")
    memory: Gibibytes | None = Field(None, description="memory of one instance")
    vcpu_price: ProcessorPrice | None = Field(None, description="of one vCPU at work")
    memory_price: MemoryPrice | None = Field(None, description="of a gibibyte")
    request_price: RequestPrice | None = Field(None, description="of one request")
    minimum_charge: MoneyAMonth | None = Field(None, description="the least that is billed")
    step: Step | None = Field(None, description="time at work is rounded up to this")
    concurrency: Factor | None = Field(None, description="requests that share the billed time")
    fee: MoneyAMonth | None = Field(None, description="billed whatever is used")
    server_price: Money | None = Field(None, description="of one server")
    units: Units | None = Field(None, description="height of one server in a rack")
    watts: Watts | None = Field(None, description="power that one server takes")
    pue: Factor | None = Field(
        None, description="power usage effectiveness: all power of the room over the servers'"
    )
    electricity: EnergyPrice | None = Field(None, description="of a kilowatt hour")
    rent: Rent | None = Field(None, description="of a rack unit in somebody else's room")
    life: Months | None = Field(None, description="how long a server is used")
    egress_price: DataPrice | None = Field(None, description="of data that leaves")


class Offer(Figures):
    """Something that can be bought, with the origin of its price."""

    id: str = ""
    option: OptionName
    name: str
    billing: Billing
    memory_billed: Literal["busy", "always"] = "busy"
    source: str
    date: Date
    confidence: Literal["A", "B", "C"]
    gaps: tuple[str, ...] = Field((), description="what is not known of it")


class Common(Part):
    """What all options share."""

    salary: MoneyAYear
    hours: HoursAYear
    euro: Count | None = Field(None, description="dollars for one euro")


class Unknown(Part):
    """Something whose price was looked for and not found."""

    name: str
    option: OptionName


class Prices(Part):
    """`prices.toml`."""

    date: Date
    source: str
    confidence: Literal["A", "B", "C"]
    common: Common
    offer: tuple[Offer, ...]
    unknown: tuple[Unknown, ...]

    def of(self, name: str) -> Offer:
        """Return the offer of this id."""
        return next(one for one in self.offer if one.id == name)


@cache
def prices() -> Prices:
    """Return the price list."""
    fields = tomllib.loads(FILE.read_text(encoding="utf-8"))
    head = {name: fields[name] for name in ("date", "confidence")}
    fields["offer"] = [{**head, **one} for one in fields["offer"]]
    return Prices.model_validate(fields)


def with_offer(option: object, choice: object) -> object:
    """Return a choice of a case with the figures of its offer, where it has none of its own.

    Raises:
        ValueError: when the price list has no such offer of this option.
    """
    known = {one.id: one for one in prices().offer if one.option == option}
    if not isinstance(choice, Mapping) or not choice.get("offer") or not known:
        return choice
    offer = known.get(str(choice["offer"]))
    if offer is None:
        raise ValueError(
            f"option.{option}.offer: {choice['offer']!r} is not in the price list of this option. "
            f"Known are {', '.join(known)}."
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

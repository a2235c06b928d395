"""A quantity of a case: a number or a range with a unit, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from lab.decide.units import convert, parts_of
from lab.decide.words import number

# A comma or an underline stands before three digits: "2,5" is no number here, and not 25.
NUMBER: Final = r"[-+]?(?:\d+(?:[_,]\d{3})*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
TEXT: Final = re.compile(rf"({NUMBER})(?:\s*(?:to|-|\N{{EN DASH}})\s*({NUMBER}))?\s*([^\d,.].*)?")
SMALLEST, LARGEST = 1e-18, 1e15  # beyond them, results could not be told any more


class Quantity(BaseModel):
    """A value that lies from `low` to `high`; where both are the same, it is known exactly.

    In a file it is a number ("3"), a text ("20 ms", "2 to 6 h/month"), or a table with `value`, or
    `low` and `high`, and with `unit`, `source`, `date` and `confidence`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: float
    high: float
    unit: str = ""
    source: str = ""
    date: str = ""
    confidence: Literal["A", "B", "C"] | None = None
    given: str = ""
    """As it was written, where it is kept in another unit."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: object) -> object:
        if isinstance(data, Quantity):
            return data
        if isinstance(data, str):
            return _from_text(data)
        if isinstance(data, int | float):
            return {"low": as_number(data), "high": as_number(data)}
        if not isinstance(data, Mapping):
            raise ValueError(f"{data} is neither a number nor a text such as '20 ms'")
        ends = {name: as_number(data[name]) for name in ("low", "high") if name in data}
        if "value" not in data:
            return {**data, **ends}
        if ends:
            raise ValueError("a value has no low and no high: give the one or the others")
        rest = {name: one for name, one in data.items() if name != "value"}
        if not isinstance(data["value"], str):
            return {**rest, "low": as_number(data["value"]), "high": as_number(data["value"])}
        read = _from_text(data["value"])
        if read["unit"] and rest.get("unit"):
            raise ValueError(f"it has two units, {read['unit']!r} and {rest['unit']!r}")
        return {**rest, **read, "unit": read["unit"] or rest.get("unit", "")}

    @model_validator(mode="after")
    def _check(self) -> Quantity:
        if not (isfinite(self.low) and isfinite(self.high)):
            raise ValueError("a number must be finite")
        if self.low > self.high:
            raise ValueError(f"its low, {self.low:g}, is above its high, {self.high:g}")
        return self

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def exact(self) -> bool:
        """Whether it is one value, not a range."""
        return self.low == self.high

    def to(self, unit: str) -> Quantity:
        """Return the same quantity in another unit. A price in euros stays one in euros."""
        if "EUR" in dict(parts_of(self.unit)[1]):
            unit = unit.replace("USD", "EUR")
        return self.model_copy(
            update={
                "low": convert(self.low, self.unit, unit),
                "high": convert(self.high, self.unit, unit),
                "unit": unit,
            }
        )

    @property
    def written(self) -> str:
        """The quantity as it was written, before it was turned into another unit."""
        return self.given or str(self)

    def __str__(self) -> str:
        low, high = number(self.low, 6), number(self.high, 6)
        return f"{low if self.exact else f'{low} to {high}'} {self.unit}".strip()


def as_number(value: object) -> object:
    """Return a number as it is, and refuse true, which Pydantic would take for 1."""
    if isinstance(value, bool):
        raise ValueError("true and false are not numbers")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("the number is too large to reckon with")
    return value


def _from_text(text: str) -> dict[str, Any]:
    found = TEXT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a number with a unit")
    low, high, unit = found.groups()
    first, last = (float(one.replace(",", "").replace("_", "")) for one in (low, high or low))
    return {"low": first, "high": last, "unit": (unit or "").strip()}


def within(
    unit: str,
    *,
    least: float = 0,
    above: float | None = None,
    below: float | None = None,
    exact: bool = False,
) -> AfterValidator:
    """Return the rule of a figure: it is kept in this unit, and lies in these bounds.

    A bare number is taken to be in that unit. `exact`: it is one value and no range, for a figure
    of which neither end is always the cheaper one.
    """

    def check(quantity: Quantity) -> Quantity:
        bare = not quantity.unit
        kept = quantity.model_copy(update={"unit": unit}) if bare else quantity.to(unit)
        told = "" if not unit else f" {kept.unit}"
        if kept.low < least:
            wrong = "is negative" if least == 0 else f"is less than {least:g}{told}"
            raise ValueError(f"{quantity} {wrong}")
        if above is not None and kept.low <= above:
            raise ValueError(f"{quantity} is not more than {above:g}{told}")
        if below is not None and kept.high >= below:
            raise ValueError(f"{quantity} is not less than {below:g}{told}")
        if kept.high > LARGEST or 0 < kept.low < SMALLEST:
            size = "large" if kept.high > LARGEST else "small"
            raise ValueError(f"{quantity} is too {size} to reckon with")
        if exact and not kept.exact:
            raise ValueError(f"{quantity} is a range, where one value is wanted")
        given = quantity.given or ("" if kept.unit == quantity.unit or bare else str(quantity))
        return kept.model_copy(update={"given": given})

    return AfterValidator(check)


def _plain(quantity: Quantity) -> Quantity:
    if quantity.unit:
        raise ValueError(f"{quantity} has a unit, and a weight has none")
    if quantity.low < 0:
        raise ValueError(f"the weight {quantity} is negative")
    if quantity.high > LARGEST:
        raise ValueError(f"{quantity} is too large to reckon with")
    return quantity


Plain = Annotated[float, BeforeValidator(as_number)]
Weight = Annotated[Quantity, AfterValidator(_plain)]
Count = Annotated[Quantity, within("", above=0)]
Share = Annotated[Quantity, within("", below=1)]
Utilisation = Annotated[Quantity, within("", above=0, below=1)]
Factor = Annotated[Quantity, within("", least=1)]
Seconds = Annotated[Quantity, within("s")]
Step = Annotated[Quantity, within("s", above=0, exact=True)]
Gibibytes = Annotated[Quantity, within("GiB", above=0)]
Gigabytes = Annotated[Quantity, within("GB")]
Months = Annotated[Quantity, within("month", above=0)]
Horizon = Annotated[Quantity, within("month", above=0, exact=True)]
Watts = Annotated[Quantity, within("W")]
Units = Annotated[Quantity, within("U", above=0)]
Processors = Annotated[Quantity, within("vCPU", above=0)]
Requests = Annotated[Quantity, within("requests/month", above=0)]
Hours = Annotated[Quantity, within("h")]
HoursAMonth = Annotated[Quantity, within("h/month")]
HoursAYear = Annotated[Quantity, within("h/year", above=0)]
Money = Annotated[Quantity, within("USD")]
MoneyAMonth = Annotated[Quantity, within("USD/month")]
MoneyAYear = Annotated[Quantity, within("USD/year")]
Budget = Annotated[Quantity, within("USD/month", above=0)]
ProcessorPrice = Annotated[Quantity, within("USD/vCPU/s")]
MemoryPrice = Annotated[Quantity, within("USD/GiB/s")]
RequestPrice = Annotated[Quantity, within("USD/request")]
DataPrice = Annotated[Quantity, within("USD/GB")]
EnergyPrice = Annotated[Quantity, within("USD/kWh")]
Rent = Annotated[Quantity, within("USD/U/month")]

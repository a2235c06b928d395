"""A quantity of a case: a number or a range with a unit, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from lab.decide.units import convert, parts_of

NUMBER: Final = r"[-+]?(?:\d[\d_,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
TEXT: Final = re.compile(rf"({NUMBER})(?:\s*(?:to|-|\N{{EN DASH}})\s*({NUMBER}))?\s*(\D.*)?")


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
        if isinstance(data, bool):
            raise ValueError("true and false are not numbers")
        if isinstance(data, int | float):
            return {"low": data, "high": data}
        if isinstance(data, str):
            return _from_text(data)
        if isinstance(data, Mapping) and "value" in data:
            if "low" in data or "high" in data:
                raise ValueError("a value has no low and no high: give the one or the others")
            rest = {name: one for name, one in data.items() if name != "value"}
            read = _from_text(data["value"]) if isinstance(data["value"], str) else None
            return {**rest, **(read or {"low": data["value"], "high": data["value"]})}
        return data

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
        low, high = f"{self.low:,.6g}", f"{self.high:,.6g}"
        return f"{low if self.exact else f'{low} to {high}'} {self.unit}".strip()


def _from_text(text: str) -> dict[str, Any]:
    found = TEXT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a number with a unit")
    low, high, unit = found.groups()
    first, last = (float(one.replace(",", "").replace("_", "")) for one in (low, high or low))
    return {"low": first, "high": last, "unit": (unit or "").strip()}


def within(
    unit: str, *, least: float = 0, above: float | None = None, below: float | None = None
) -> AfterValidator:
    """Return the rule of a figure: it is kept in this unit, and lies in these bounds.

    A bare number is taken to be in that unit.
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
        given = quantity.given or ("" if kept.unit == quantity.unit or bare else str(quantity))
        return kept.model_copy(update={"given": given})

    return AfterValidator(check)


Count = Annotated[Quantity, within("", above=0)]
Share = Annotated[Quantity, within("", below=1)]
Factor = Annotated[Quantity, within("", least=1)]
Seconds = Annotated[Quantity, within("s")]
Positive = Annotated[Quantity, within("s", above=0)]
Gibibytes = Annotated[Quantity, within("GiB", above=0)]
Gigabytes = Annotated[Quantity, within("GB")]
Months = Annotated[Quantity, within("month", above=0)]
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
Rate = Annotated[Quantity, within("", above=0)]

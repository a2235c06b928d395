"""What one field of a house may hold: a number with a unit and a range, or one of the codes.

An annotation here does all its checking inside pydantic's compiled core: the first step looks at
the raw input, the last at what the first one left. A Python function in each field would make
validating a house several times slower.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final, cast, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from apps.house_prices.codes import CODES

# Pydantic alone would read `true` as 1. No house has `true` bathrooms: it is a client's mistake.
# Text passes here because "1961" is converted later; NaN, because the last step names it better.
_NUMBER_OR_TEXT: Final = core.union_schema(
    [core.float_schema(strict=True, allow_inf_nan=True), core.str_schema()],
    mode="left_to_right",
    custom_error_type="number_type",
    custom_error_message="Input should be a number",
)
_TEXT: Final = core.str_schema(strip_whitespace=True)


@dataclass(frozen=True)
class Number:
    """A number with a unit between two bounds, both allowed.

    An `int` field takes 1961, 1961.0 and "1961", and refuses 1961.5. No field takes `true`.
    """

    description: str
    least: int
    most: int
    unit: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        if int in _kinds(source):
            return _in_steps(source, _NUMBER_OR_TEXT, core.int_schema(ge=self.least, le=self.most))
        return _in_steps(source, _NUMBER_OR_TEXT, core.float_schema(ge=self.least, le=self.most))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        shown = handler(_last_step(schema))
        return shown | {"description": f"{self.description} ({self.unit}).", "unit": self.unit}


@dataclass(frozen=True)
class Code:
    """One of the codes that the code book lists for a column.

    Blanks around a code are dropped. An `int` field takes the codes as whole numbers.
    """

    column: str
    description: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        codes = CODES[self.column]
        if int in _kinds(source):
            numbers = core.literal_schema([int(code) for code in codes])
            return _in_steps(source, _NUMBER_OR_TEXT, core.int_schema(), numbers)
        return _in_steps(source, _TEXT, core.literal_schema(list(codes)))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(_last_step(schema)) | {"description": f"{self.description}."}


# Measures are floats, because half a foot is a thing; whatever is counted is whole.
Feet = partial(Number, unit="ft")
SquareFeet = partial(Number, unit="sq ft")
Dollars = partial(Number, unit="US dollars")
Count = partial(Number, unit="count")
Year = partial(Number, unit="year")
Month = partial(Number, unit="month")
Points = partial(Number, unit="points")


def _kinds(source: object) -> tuple[object, ...]:
    """The types that a field allows: `int | None` gives int and NoneType."""
    return get_args(source) or (source,)


def _in_steps(source: object, *steps: CoreSchema) -> CoreSchema:
    """One check after the other, and null beside them if the field's type allows None."""
    check = core.chain_schema(list(steps))
    return core.nullable_schema(check) if type(None) in _kinds(source) else check


def _last_step(schema: CoreSchema) -> CoreSchema:
    """What the contract shows: the type that a field ends with, not what becomes of the input."""
    if schema["type"] == "nullable":
        return core.nullable_schema(_last_step(schema["schema"]))
    return cast(core.ChainSchema, schema)["steps"][-1]

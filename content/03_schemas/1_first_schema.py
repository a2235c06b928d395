# %% goal [markdown]
# # A first schema
#
# **Goal.** `Garage` is a schema of three required fields: `GarageCars`, a whole number;
# `GarageArea`, a number that may have a fraction; `GarageFinish`, a text.
#
# Each field is one line: its name, a colon, its type. Numbers that come as text must be converted:
# `Garage(GarageCars="2", GarageArea="528.5", GarageFinish="Unf").GarageCars` must be `2`.

# %% instructor [markdown]
# Minutes: 4
#
# The first schema that a learner writes alone. A type is a promise about what comes out, not only
# about what may go in; and text is the type that promises least.

# %% solution
from pydantic import BaseModel


class Garage(BaseModel):
    # BEGIN SOLUTION: ...  # Three lines: GarageCars, GarageArea, GarageFinish.
    GarageCars: int
    GarageArea: float
    GarageFinish: str
    # END SOLUTION


# %% check
from pydantic import BaseModel, PydanticUserError, ValidationError

from lab.exercises.checking import Answer, expect, expect_equal, not_yet

NAMES = ("GarageCars", "GarageArea", "GarageFinish")


def check(answer: Answer) -> None:
    try:
        garage = answer.get("Garage")
    except PydanticUserError as error:
        if error.code != "model-field-missing-annotation":
            raise
        said = error.message.partition(" All model fields")[0]
        not_yet(
            f"A field has a colon, not an equals sign. Pydantic says: {said}",
            hint="A field is a line `name: type`.",
        )
    expect(
        isinstance(garage, type) and issubclass(garage, BaseModel),
        "Garage is an ordinary Python class: nothing checks or converts what it is given.",
        hint="A schema names BaseModel in the brackets behind its name.",
    )
    for name in NAMES:
        expect(
            name in garage.model_fields,
            f"Garage has no field {name}. Its fields are: "
            f"{', '.join(garage.model_fields) or 'none at all'}.",
            hint="A field is a line `name: type`. Is the name spelt as in the goal?",
        )
    cars = answer.random.randint(1, 9)
    area = answer.random.randint(200, 900) + 0.5
    sent = {"GarageCars": str(cars), "GarageArea": str(area), "GarageFinish": "Unf"}
    try:
        read = garage.model_validate(sent)
    except ValidationError as error:
        first = error.errors()[0]
        not_yet(f"Garage refuses {sent}. At {first['loc'][0]} it says: {first['msg']}.")
    for name, wanted in zip(NAMES, (cars, area, "Unf"), strict=True):
        got = getattr(read, name)
        expect(
            type(got) is type(wanted),
            f"From the text {sent[name]!r}, {name} became {got!r}, which is of type "
            f"{type(got).__name__}. It should be of type {type(wanted).__name__}.",
            hint="int is for whole numbers, float for numbers with a fraction, str for text.",
        )
        expect_equal(got, wanted, name)
    for name in NAMES:
        rest = {other: value for other, value in sent.items() if other != name}
        try:
            garage.model_validate(rest)
        except ValidationError:
            continue
        not_yet(
            f"A garage without {name} is let in. All three fields are required.",
            hint="A field is required as long as it has no default.",
        )


# %% hints [markdown]
# - The schema `House` in the lesson above has four fields of these kinds. What do its lines look
#   like?
# - Python's names for the three types are `int`, `float` and `str`.
# - The first line is `GarageCars: int`. The other two look the same.

# %% wrong-everything-is-text
# why: "It comes as text, so the type is text": nothing is converted then.
# says: which is of type str. It should be of type int
from pydantic import BaseModel


class Garage(BaseModel):
    GarageCars: str
    GarageArea: str
    GarageFinish: str


# %% wrong-area-is-whole
# why: The areas in the example houses look like whole numbers.
# says: Garage refuses
from pydantic import BaseModel


class Garage(BaseModel):
    GarageCars: int
    GarageArea: int
    GarageFinish: str


# %% wrong-cars-have-a-fraction
# why: A number is a number: but 2.0 cars is not what was asked for.
# says: which is of type float. It should be of type int
from pydantic import BaseModel


class Garage(BaseModel):
    GarageCars: float
    GarageArea: float
    GarageFinish: str


# %% wrong-plain-class
# why: Types in an ordinary class look the same, and Python ignores them.
# says: ordinary Python class
class Garage:
    GarageCars: int
    GarageArea: float
    GarageFinish: str

    def __init__(self, GarageCars, GarageArea, GarageFinish):
        self.GarageCars = GarageCars
        self.GarageArea = GarageArea
        self.GarageFinish = GarageFinish


# %% wrong-defaults
# why: An example value behind the type looks like documentation. It is a default.
# says: A garage without GarageCars is let in
from pydantic import BaseModel


class Garage(BaseModel):
    GarageCars: int = 2
    GarageArea: float = 528.5
    GarageFinish: str = "Unf"


# %% wrong-equals-sign
# why: In Python, names get things by an equals sign; in a schema, the type stands behind a colon.
# says: A field has a colon, not an equals sign
from pydantic import BaseModel


class Garage(BaseModel):
    GarageCars = int
    GarageArea = float
    GarageFinish = str


# %% right-with-descriptions
from typing import Annotated

from pydantic import BaseModel, Field


class Garage(BaseModel):
    GarageFinish: Annotated[str, Field(description="Finish inside the garage")]
    GarageArea: Annotated[float, Field(description="Area in square feet")]
    GarageCars: Annotated[int, Field(description="Cars that fit into it")]

# %% goal [markdown]
# # A garage is optional
#
# **Goal.** `GarageCars` may be left out, may be null, and may be any whole number from 0 to 20,
# written with a point or without; a number below 0, above 20 or with a fraction is refused.
#
# A house of which nobody has said anything about a garage gets `None`. `GrLivArea` is done: leave
# it as it is.

# %% instructor [markdown]
# Minutes: 5
#
# Required and nullable are two different things. Most people think that `None` in the type makes a
# field optional. The second thought is about 0: nothing said and no garage are not the same.

# %% solution
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    # BEGIN SOLUTION: GarageCars: int  # Not yet optional, not yet bounded.
    GarageCars: int | None = Field(default=None, ge=0, le=20)
    # END SOLUTION


# %% check
from typing import Any

from pydantic import ValidationError

from lab.exercises.checking import Answer, expect

HINT = "May it be left out? The default says so. May it be null? The type says so."


def check(answer: Answer) -> None:
    schema = answer.get("House")

    def read(**sent: object) -> Any:
        """Return the house, or the first thing that the schema has against it, as text."""
        try:
            return schema.model_validate({"GrLivArea": 900, **sent})
        except ValidationError as error:
            return str(error.errors()[0]["msg"])

    absent, null = read(), read(GarageCars=None)
    expect(
        not isinstance(absent, str),
        "A house without GarageCars is refused, so the field is still required. "
        f"The schema says: {absent}.",
        hint=HINT,
    )
    expect(
        not isinstance(null, str),
        f"A house whose GarageCars is null is refused. The schema says: {null}.",
        hint=HINT,
    )
    expect(
        absent.GarageCars is None and null.GarageCars is None,
        f"Without a word about a garage, GarageCars becomes {absent.GarageCars!r}. "
        "It should be None: nobody has said how many cars fit.",
        hint="What is behind `default=`?",
    )
    inside = [0, 20, answer.random.randint(1, 19)]
    outside = [-1, 21, -answer.random.randint(2, 99), answer.random.randint(22, 999), 1.5]
    for cars in inside:
        house = read(GarageCars=cars)
        expect(
            not isinstance(house, str),
            f"GarageCars of {cars} is refused, though it lies within 0 and 20. "
            f"The schema says: {house}.",
            hint="ge means greater than or equal, gt means greater than.",
        )
        expect(house.GarageCars == cars, f"GarageCars of {cars} becomes {house.GarageCars!r}.")
    expect(
        not isinstance(with_point := read(GarageCars=2.0), str),
        f"GarageCars of 2.0 is refused, though it is the same number as 2. The schema says: "
        f"{with_point}.",
        hint="Strict converts nothing, so it refuses a whole number that is written with a point.",
    )
    for number in outside:
        expect(
            isinstance(read(GarageCars=number), str),
            f"GarageCars of {number} is let in. Only whole numbers from 0 to 20 should be.",
            hint="Field takes a lower bound, ge, and an upper bound, le.",
        )
    expect(
        isinstance(read(GrLivArea=5), str) and isinstance(read(GrLivArea=None), str),
        "GrLivArea has changed: it must stay required and at least 100.",
    )


# %% hints [markdown]
# - Three things are to be said: that null is allowed, that the field may be absent, and the two
#   bounds. Which part of the line says which?
# - The type is `int | None`. Default and bounds go into a `Field(...)` behind the equals sign.
# - `Field(default=None, ge=0)` gives a default and a lower bound. One more bound is missing.

# %% wrong-no-default
# why: The type allows None, but the field must still be sent.
# says: A house without GarageCars is refused
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int | None = Field(ge=0, le=20)


# %% wrong-not-nullable
# why: A default lets a field be absent, but null is still not a number.
# says: whose GarageCars is null is refused
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int = Field(default=None, ge=0, le=20)


# %% wrong-nothing-is-zero
# why: "Nobody said" is turned into "there is no garage".
# says: GarageCars becomes 0. It should be None
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int | None = Field(default=0, ge=0, le=20)


# %% wrong-zero-refused
# why: gt for ge: a house with no garage cannot say so.
# says: GarageCars of 0 is refused
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int | None = Field(default=None, gt=0, le=20)


# %% wrong-no-upper-bound
# why: Only the impossible below is thought of, not the slip of a finger above.
# says: GarageCars of 21 is let in
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int | None = Field(default=None, ge=0)


# %% wrong-strict
# why: Strict sounds safer; it refuses 2.0, which clients such as pandas write for 2.
# says: GarageCars of 2.0 is refused
from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int | None = Field(default=None, ge=0, le=20, strict=True)


# %% right-annotated
from typing import Annotated, Optional

from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: Annotated[Optional[int], Field(gt=-1, lt=21)] = None

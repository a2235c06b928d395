# %% goal [markdown]
# # Not remodelled before it was built
#
# **Goal.** A house whose `YearRemodAdd` lies before its `YearBuilt` is refused; the same year is
# fine, and so is a house of which no remodelling is known.
#
# The two fields stay as they are. Add the rule between them.

# %% instructor [markdown]
# Minutes: 8
#
# A rule between two fields. The two traps: the optional field is None, and comparing with None is a
# TypeError, which a server answers with 500; and a model validator that returns nothing loses the
# house.

# %% solution
from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    # BEGIN SOLUTION: # Your rule here.
    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self

    # END SOLUTION


# %% check
from typing import Any

from pydantic import BaseModel, ValidationError

from lab.exercises.checking import Answer, expect, not_yet


def check(answer: Answer) -> None:
    schema = answer.get("House")
    built = answer.random.randint(1880, 2000)
    later, earlier = answer.random.randint(1, 9), answer.random.randint(2, 50)

    def read(**sent: object) -> Any:
        """Return what the schema makes of it, or as text what it has against it."""
        try:
            return schema.model_validate(sent)
        except ValidationError as error:
            return str(error.errors()[0]["msg"])
        except Exception as error:
            not_yet(
                f"With {sent}, the schema itself fails: {type(error).__name__}: {error}. "
                "On a server, the client would get a 500.",
                hint="What are the values of both fields when your rule runs?",
            )

    def must_take(why: str, **sent: object) -> None:
        house = read(**sent)
        expect(
            not isinstance(house, str),
            f"The house {sent} is refused. {why} The schema says: {house}.",
        )
        expect(
            isinstance(house, BaseModel),
            f"From {sent}, the schema makes {house!r} instead of a house.",
            hint="What does your function return when all is well?",
        )
        for name, value in sent.items():
            got = getattr(house, name)
            expect(got == int(str(value)), f"{name} was {value!r} and has become {got!r}.")

    must_take("It was remodelled later.", YearBuilt=built, YearRemodAdd=built + later)
    must_take("The same year is fine.", YearBuilt=built, YearRemodAdd=built)
    for remodelled in (built - 1, built - earlier):
        expect(
            isinstance(read(YearBuilt=built, YearRemodAdd=remodelled), str),
            f"A house built in {built} and remodelled in {remodelled} is let in.",
            hint="Is your function run at all? Pydantic runs only what has a decorator above it. "
            "And a rule refuses by raising ValueError.",
        )
    must_take("Of most houses no remodelling is known.", YearBuilt=built)
    must_take("As numbers, the years are in order.", YearBuilt="999", YearRemodAdd="1000")
    for sent in ({"YearRemodAdd": 1990}, {"YearBuilt": "old", "YearRemodAdd": 1990}):
        expect(
            isinstance(read(**sent), str),
            f"{sent} is let in, though YearBuilt is missing or no number.",
        )


# %% hints [markdown]
# - The rule needs both fields, so it belongs to the whole model: a model validator that runs after
#   the fields.
# - Three cases: no remodelling is known, the years are in order, the years are not. In which of
#   them is something to be raised, and what is returned in the others?
# - `if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:` raise a
#   `ValueError`. Then `return self`, outside the `if`.

# %% wrong-none-compared
# why: The optional field is None most of the time, and None cannot be compared with a number.
# says: the schema itself fails: TypeError
from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


# %% wrong-same-year
# why: Not before is read as after.
# says: The same year is fine
from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None and self.YearRemodAdd <= self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


# %% wrong-nothing-returned
# why: The rule is there, but the function returns nothing, and that becomes the house.
# says: the schema makes None instead of a house
from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")


# %% wrong-compared-as-text
# why: Before the fields are converted there may still be text: "999" comes after "1000".
# says: As numbers, the years are in order
from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="before")
    @classmethod
    def remodelled_after_built(cls, sent):
        built, remodelled = sent.get("YearBuilt"), sent.get("YearRemodAdd")
        if remodelled is not None and str(remodelled) < str(built):
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return sent


# %% wrong-field-that-failed
# why: A field validator sees only the earlier fields that passed: YearBuilt may be missing there.
# says: the schema itself fails: KeyError
from pydantic import BaseModel, field_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @field_validator("YearRemodAdd")
    @classmethod
    def remodelled_after_built(cls, year, info):
        if year is not None and year < info.data["YearBuilt"]:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return year


# %% wrong-corrected-silently
# why: The rule mends the house instead of refusing it: the client never hears of its mistake.
# says: is let in
from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None:
            self.YearRemodAdd = max(self.YearRemodAdd, self.YearBuilt)
        return self


# %% wrong-no-decorator
# why: The function is there, but nothing tells pydantic to run it.
# says: A house built in
from typing import Self

from pydantic import BaseModel


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


# %% right-field-validator
from pydantic import BaseModel, ValidationInfo, field_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @field_validator("YearRemodAdd")
    @classmethod
    def remodelled_after_built(cls, year: int | None, info: ValidationInfo) -> int | None:
        built = info.data.get("YearBuilt")
        if year is not None and built is not None and year < built:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return year


# %% right-assert
from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        assert (self.YearRemodAdd or self.YearBuilt) >= self.YearBuilt
        return self

# Exercise 03.4: Not remodelled before it was built
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self

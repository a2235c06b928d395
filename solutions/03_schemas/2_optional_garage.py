# Exercise 03.2: A garage is optional
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int | None = Field(default=None, ge=0, le=20)

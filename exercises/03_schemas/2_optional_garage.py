# Exercise 03.2: A garage is optional
#
# **Goal.** `GarageCars` may be left out, may be null, and may be any whole number from 0 to 20,
# written with a point or without; a number below 0, above 20 or with a fraction is refused.
#
# A house of which nobody has said anything about a garage gets `None`. `GrLivArea` is done: leave
# it as it is.
#
# Check it: .venv/bin/lab check 03.2 in a terminal, or check("03.2") in a notebook.

from pydantic import BaseModel, Field


class House(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    GarageCars: int  # Not yet optional, not yet bounded.

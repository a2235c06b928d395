# Exercise 02.3: One dependency for two lists
#
# **Goal.** `/houses` and `/streets` both take `limit` (from 1 to 20, 5 unless given) and `offset`
# (0 or more, 0 unless given) from the query, through one dependency, and refuse anything else
# with 422.
#
# `offset` says how many to leave out at the beginning, and `limit` how many to answer at most:
# `/houses?limit=2&offset=3` is answered with `[4, 5]`.
#
# The bounds of a query parameter are written like those of a field, with `gt`, `ge`, `lt` and `le`:
# `Annotated[int, Query(ge=…)]`.
#
# Check it: .venv/bin/lab check 02.3 in a terminal, or check("02.3") in a notebook.

from typing import Annotated

from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


# Your code here: the function page, and Page, which both routes below use.


# Your code here: the routes /houses and /streets, each with a page.

# Exercise 02.3: One dependency for two lists
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from typing import Annotated

from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def page(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(ge=0)] = 0):
    return {"first": offset, "behind": offset + limit}


Page = Annotated[dict, Depends(page)]


@app.get("/houses")
def houses(page: Page):
    return HOUSES[page["first"] : page["behind"]]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page["first"] : page["behind"]]

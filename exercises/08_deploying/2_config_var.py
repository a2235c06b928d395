# Exercise 08.2: Read a config var
#
# **Goal.** `MAX_HOUSES` is the number in the config var of that name, and 10 where it is not set.
#
# A request may bring so many houses and no more. How many that is, the owner of the app wants to
# change without a new commit. The check serves your app twice: once with a config var, and once
# without.
#
# Check it: .venv/bin/lab check 08.2 in a terminal, or check("08.2") in a notebook.

import os

from fastapi import FastAPI

MAX_HOUSES = ...

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}

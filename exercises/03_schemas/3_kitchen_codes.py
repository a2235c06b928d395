# Exercise 03.3: Five codes and no other
#
# **Goal.** `KitchenQual` takes the five codes in `POINTS` and nothing else: every other text is
# answered with 422, and the app's contract lists the five.
#
# Below is a whole app. `POST /points` looks up how many points a kitchen gets. As it is, the code
# `"gd"` is answered with 500. Why? Change the schema, not the function.
#
# Check it: .venv/bin/lab check 03.3 in a terminal, or check("03.3") in a notebook.

from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: str


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}

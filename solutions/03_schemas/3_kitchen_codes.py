# Exercise 03.3: Five codes and no other
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: Literal["Ex", "Gd", "TA", "Fa", "Po"]


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}

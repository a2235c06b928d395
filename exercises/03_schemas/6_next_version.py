# Exercise 03.6: The next version
#
# **Goal.** Clients may name the living area `LivingArea` (new) or `GrLivArea` (old), and may say
# whether there is a `HeatPump`, and the answer repeats it under `HeatPump`, `null` when not given;
# every request that was good before is still good and gets the same `square_metres`, and what was
# refused before still is: an area out of bounds, an unknown name.
#
# Below is version 1, served by FastAPI. Nobody can make the old clients change.
#
# Check it: .venv/bin/lab check 03.6 in a terminal, or check("03.6") in a notebook.

from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    GrLivArea: float = Field(ge=100, le=20_000)


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.GrLivArea * 0.0929, 1)}

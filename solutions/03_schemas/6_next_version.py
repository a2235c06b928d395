# Exercise 03.6: The next version
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(
        ge=100, le=20_000, validation_alias=AliasChoices("LivingArea", "GrLivArea")
    )
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}

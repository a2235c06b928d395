# Exercise 02.2: The same refusals from both
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


def price(area, rooms):
    return {"price": area * 120 + rooms * 5000}


@fastapi_app.post("/estimate")
def estimate(house: House):
    return price(house.area, house.rooms)


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return {"detail": [{"loc": ["body"]}]}, 422
    area, rooms = body.get("area"), body.get("rooms")
    wrong = []
    if not isinstance(area, int | float) or area <= 0:
        wrong.append({"loc": ["body", "area"]})
    if not isinstance(rooms, int) or rooms < 1:
        wrong.append({"loc": ["body", "rooms"]})
    if wrong:
        return {"detail": wrong}, 422
    return price(body["area"], body["rooms"])

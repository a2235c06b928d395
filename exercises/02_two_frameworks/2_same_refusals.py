# Exercise 02.2: The same refusals from both
#
# **Goal.** `POST /estimate` of both apps gives the same status to the same body, and with 422 the
# same places: `{"detail": [{"loc": ["body", "area"]}, …]}`.
#
# The body is `{"area": …, "rooms": …}`. The area is a number greater than 0, and there is at
# least one room. For a good body, the answer is `{"price": …}`: 120 for each square foot and 5000
# for each room.
#
# `fastapi_app` needs its two fields. In `flask_app`, write the checks by hand: one entry in
# `detail` for each wrong field, in the order area, rooms. A body that is no JSON object, or no
# JSON at all, has the one place `["body"]`, also with 422. Text such as `"1656"`, and `10.0` for
# the rooms, need not be converted and will not be sent.
#
# Check it: .venv/bin/lab check 02.2 in a terminal, or check("02.2") in a notebook.

from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    ...  # Your code here: the fields area and rooms, with their bounds.


def price(area, rooms):
    return {"price": area * 120 + rooms * 5000}


@fastapi_app.post("/estimate")
def estimate(house: House):
    return price(house.area, house.rooms)


@flask_app.post("/estimate")
def flask_estimate():
    # Your code here: check the body first, and answer 422 if it is wrong.
    return price(body["area"], body["rooms"])

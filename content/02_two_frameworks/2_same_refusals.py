# %% goal [markdown]
# # The same refusals from both
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

# %% instructor [markdown]
# Minutes: 15
#
# Writing the checks by hand shows how many there are: missing, of another type, out of bounds, a
# body that is no object, a body that is no JSON at all. Most answers forget that `true` is an int
# in Python (the check does not ask for it), stop at the first mistake, or answer 400. For a body
# that is no JSON, FastAPI's place has one more part, the number of the letter where the text breaks
# off; the check does not ask for it.

# %% solution
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    # BEGIN SOLUTION: ...  # Your code here: the fields area and rooms, with their bounds.
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)
    # END SOLUTION


def price(area, rooms):
    return {"price": area * 120 + rooms * 5000}


@fastapi_app.post("/estimate")
def estimate(house: House):
    return price(house.area, house.rooms)


@flask_app.post("/estimate")
def flask_estimate():
    # BEGIN SOLUTION: # Your code here: check the body first, and answer 422 if it is wrong.
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
    # END SOLUTION
    return price(body["area"], body["rooms"])


# %% check
from typing import Any

import requests

from lab.exercises.checking import Answer, expect, expect_equal
from lab.exercises.serving import Client

LIMIT = 60.0
JSON = {"Content-Type": "application/json"}
PATH = "/estimate"


def check(answer: Answer) -> None:
    area = answer.random.randint(500, 3000)
    rooms = answer.random.randint(2, 12)
    good = {"area": area, "rooms": rooms}
    bad: list[tuple[str, Any, list[list[str]]]] = [
        ("a negative area", {**good, "area": -area}, [["body", "area"]]),
        ("an area of 0", {**good, "area": 0}, [["body", "area"]]),
        ("no room", {**good, "rooms": 0}, [["body", "rooms"]]),
        ("the area missing", {"rooms": rooms}, [["body", "area"]]),
        ("the rooms missing", {"area": area}, [["body", "rooms"]]),
        ("null for the rooms", {**good, "rooms": None}, [["body", "rooms"]]),
        ("the word many for the rooms", {**good, "rooms": "many"}, [["body", "rooms"]]),
        ("the word large for the area", {**good, "area": "large"}, [["body", "area"]]),
        ("two and a half rooms", {**good, "rooms": 2.5}, [["body", "rooms"]]),
        ("both wrong", {"area": -1, "rooms": "many"}, [["body", "area"], ["body", "rooms"]]),
        ("a list instead of an object", [area, rooms], [["body"]]),
    ]
    with answer.served("uvicorn", "fastapi_app") as client:
        _prices(client, "FastAPI", area, rooms)
        for what, body, places in bad:
            _refuses(client, "FastAPI", what, body, places)
    with answer.served("gunicorn", "flask_app") as client:
        _prices(client, "Flask", area, rooms)
        for what, body, places in bad:
            _refuses(client, "Flask", what, body, places)
        response = client.post(PATH, data='{"area": 1656', headers=JSON, allow_5xx=True)
        expect(
            response.status_code == 422,
            "Flask: a body that breaks off, so that it is no JSON, was answered with "
            f"{response.status_code}; FastAPI answers 422.",
            hint="get_json() answers such a body by itself. With silent=True it returns None "
            "instead.",
        )
        what = "Flask: the list of places for a body that is no JSON"
        expect_equal(_places(response), [["body"]], what, hint=_LIST)


def _prices(client: Client, name: str, area: int, rooms: int) -> None:
    for one_area, one_rooms in ((area, rooms), (area + 0.5, rooms), (area, 1)):
        _price(client, name, one_area, one_rooms)


def _price(client: Client, name: str, area: float, rooms: int) -> None:
    body = {"area": area, "rooms": rooms}
    response = client.post(PATH, json=body)
    expect(
        response.status_code == 200,
        f"{name}: {body} is a good body, but was answered with {response.status_code}.",
        hint="Which type or bound of yours keeps this body out? An area may have a fraction, and "
        "one room is enough.",
    )
    wanted = {"price": area * 120 + rooms * 5000}
    expect_equal(response.json(), wanted, f"{name}: the answer to {body}")


def _refuses(client: Client, name: str, what: str, body: Any, places: list[list[str]]) -> None:
    response = client.post(PATH, json=body, allow_5xx=True)
    expect(
        response.status_code == 422,
        f"{name}: {body}, with {what}, was answered with {response.status_code}; 422 was wanted.",
        hint=_LIST if isinstance(body, list) else _hint(name, response.status_code),
    )
    hint = _LIST if isinstance(body, list) else _NAMES
    expect_equal(_places(response), places, f"{name}: the list of places for {body}", hint=hint)


_LIST = "Such a body has no fields. It is wrong as a whole: which place does the goal give it?"
_NAMES = "`detail` has one entry for each wrong field, and `loc` of each starts with body."


def _hint(name: str, status: int) -> str:
    if name == "FastAPI":
        return "Which bound keeps that out? Field has gt, ge, lt and le."
    if status == 500:
        return "A value may be missing, null, or of any type: look at its type before its size."
    if status == 400:
        return "400 is an error, too, but the contract says 422."
    return "Which of your checks should have noticed it?"


def _places(response: requests.Response) -> Any:
    try:
        return [entry["loc"] for entry in response.json()["detail"]]
    except (ValueError, LookupError, TypeError):
        return response.text


# %% hints [markdown]
# - FastAPI: two lines, each with a type and a `Field`.
# - Flask: `request.get_json(silent=True)` gives the body, or `None` when it is no JSON.
#   `isinstance(body, dict)` tells whether it is an object.
# - Begin with an empty list. Append one entry for each field that is wrong, and look at the list
#   only at the end: if it is not empty, return it with 422.
# - `body.get("rooms")` is `None` when the field is missing, so one check of the type finds a
#   missing field, a null and a word: `if not isinstance(rooms, int) or rooms < 1:`.

# %% wrong-first-mistake-only
# why: Returns at the first mistake, so the client has to ask again to hear of the second.
# says: should be [['body', 'area'], ['body', 'rooms']], but is [['body', 'area']]
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return {"detail": [{"loc": ["body"]}]}, 422
    area, rooms = body.get("area"), body.get("rooms")
    if not isinstance(area, int | float) or area <= 0:
        return {"detail": [{"loc": ["body", "area"]}]}, 422
    if not isinstance(rooms, int) or rooms < 1:
        return {"detail": [{"loc": ["body", "rooms"]}]}, 422
    return {"price": area * 120 + rooms * 5000}


# %% wrong-size-before-type
# why: Compares before it knows that there is a number, so a missing field is the server's failure.
# says: with the area missing, was answered with 500
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json()
    wrong = []
    if body["area"] <= 0:
        wrong.append({"loc": ["body", "area"]})
    if body["rooms"] < 1:
        wrong.append({"loc": ["body", "rooms"]})
    if wrong:
        return {"detail": wrong}, 422
    return {"price": body["area"] * 120 + body["rooms"] * 5000}


# %% wrong-zero-allowed
# why: ge=0 allows an area of nothing.
# says: FastAPI: {'area': 0
from fastapi import FastAPI
from flask import Flask
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(ge=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


# %% wrong-status-400
# why: 400 is the usual status for a bad request, but FastAPI answers 422.
# says: was answered with 400; 422 was wanted
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json()
    wrong = []
    if not isinstance(body.get("area"), int | float) or body["area"] <= 0:
        wrong.append({"loc": ["body", "area"]})
    if not isinstance(body.get("rooms"), int) or body["rooms"] < 1:
        wrong.append({"loc": ["body", "rooms"]})
    if wrong:
        return {"detail": wrong}, 400
    return {"price": body["area"] * 120 + body["rooms"] * 5000}


# %% wrong-broken-json
# why: Leaves the body that is no JSON to get_json, which answers 400 with a web page.
# says: a body that breaks off, so that it is no JSON, was answered with 400
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json()
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
    return {"price": area * 120 + rooms * 5000}


# %% wrong-whole-areas-only
# why: JSON has one kind of number, so an area of 1656.5 is as good as 1656.
# says: is a good body, but was answered with 422
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json(silent=True)
    wrong = []
    for name in ("area", "rooms"):
        if not isinstance(body.get(name), int) or body[name] < 1:
            wrong.append({"loc": ["body", name]})
    if wrong:
        return {"detail": wrong}, 422
    return {"price": body["area"] * 120 + body["rooms"] * 5000}


# %% wrong-list-has-both-wrong
# why: A list has neither field, so both are reported as wrong.
# says: should be [['body']], but is
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        body = {}
    area, rooms = body.get("area"), body.get("rooms")
    wrong = []
    if not isinstance(area, int | float) or area <= 0:
        wrong.append({"loc": ["body", "area"]})
    if not isinstance(rooms, int) or rooms < 1:
        wrong.append({"loc": ["body", "rooms"]})
    if wrong:
        return {"detail": wrong}, 422
    return {"price": area * 120 + rooms * 5000}


# %% wrong-fastapi-whole-areas-only
# why: The areas of the lesson are whole numbers, so int is their type.
# says: .5, 'rooms':
from fastapi import FastAPI
from flask import Flask
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: int = Field(gt=0)
    rooms: int = Field(ge=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


# %% wrong-more-than-one-room
# why: Takes gt for "at least".
# says: 'rooms': 1} is a good body
from fastapi import FastAPI
from flask import Flask
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(gt=1)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


# %% right-pydantic-in-flask
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt, ValidationError

fastapi_app = FastAPI()
flask_app = Flask(__name__)


class House(BaseModel):
    model_config = ConfigDict(extra="ignore")

    area: PositiveFloat
    rooms: PositiveInt


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.errorhandler(ValidationError)
def refuse(error):
    return {"detail": [{"loc": ["body", *one["loc"]]} for one in error.errors()]}, 422


@flask_app.post("/estimate")
def flask_estimate():
    return estimate(House.model_validate_json(request.get_data()))


# %% right-table-of-checks
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel, Field

fastapi_app = FastAPI()
flask_app = Flask(__name__)

CHECKS = {
    "area": lambda value: isinstance(value, float | int) and value > 0,
    "rooms": lambda value: isinstance(value, int) and value >= 1,
}


class House(BaseModel):
    area: float = Field(gt=0)
    rooms: int = Field(gt=0)


@fastapi_app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120 + house.rooms * 5000}


@flask_app.post("/estimate")
def flask_estimate():
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return {"detail": [{"loc": ["body"], "msg": "Send an object"}]}, 422
    wrong = [name for name, is_right in CHECKS.items() if not is_right(body.get(name))]
    if wrong:
        return {"detail": [{"loc": ["body", name], "msg": "Look again"} for name in wrong]}, 422
    return {"price": body["area"] * 120 + body["rooms"] * 5000}

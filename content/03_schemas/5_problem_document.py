# %% goal [markdown]
# # A refusal that repeats nothing
#
# **Goal.** `input_errors` turns pydantic's error into the list `errors` of a problem document: for
# each mistake `loc`, `msg` and `type` and nothing more, with `"body"` at the front of each `loc`,
# and never a value that the client has sent.
#
# The rest of the Flask app below is done. It calls your function with whatever pydantic raises:
# a wrong value, a missing field, a rule that was broken, a body that is not JSON.

# %% instructor [markdown]
# Minutes: 10
#
# What pydantic reports is made for the developer, not for the client: it holds the input, and
# sometimes an exception object that no JSON writer can write. The document is built from what is
# wanted, rather than by taking away what is known to hurt.

# %% solution
from typing import Any, Self

from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self) -> Self:
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error: ValidationError) -> list[dict[str, Any]]:
    # BEGIN SOLUTION: ...  # Build the list from error.errors().
    return [
        {"loc": ["body", *one["loc"]], "msg": one["msg"], "type": one["type"]}
        for one in error.errors()
    ]
    # END SOLUTION


@app.post("/age")
def age() -> Response | dict[str, int]:
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {
            "type": "about:blank",
            "title": "Unprocessable Content",
            "status": 422,
            "errors": input_errors(error),
        }
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% check
import json
from typing import Any

import requests
from pydantic import ValidationError

from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.exercises.serving import Client

MEMBERS = {"loc", "msg", "type"}

LIMIT = 20.0  # seconds: a server has to start first


def check(answer: Answer) -> None:
    secret = "secret" + str(answer.random.randint(10**9, 10**10))
    year = answer.random.randint(1900, 2000)
    mistakes: list[tuple[str, dict[str, Any], list[tuple[list[str], str]]]] = [
        ("a wrong text", {"YearBuilt": secret}, [(["body", "YearBuilt"], "int_parsing")]),
        ("a missing field", {"owner": secret}, [(["body", "YearBuilt"], "missing")]),
        (
            "two mistakes",
            {"YearBuilt": 1492, "YearRemodAdd": secret},
            [
                (["body", "YearBuilt"], "greater_than_equal"),
                (["body", "YearRemodAdd"], "int_parsing"),
            ],
        ),
        (
            "a broken rule",
            {"YearBuilt": year, "YearRemodAdd": year - 7, "owner": secret},
            [(["body"], "value_error")],
        ),
    ]
    with answer.served("gunicorn") as client:
        for what, body, wanted in mistakes:
            see(response := post(client, what, json.dumps(body)), what, body, secret, wanted)
            see_messages(answer, response, what, body)
        broken = post(client, "a body that is not JSON", '{"YearBuilt": ' + secret)
        see(broken, "a body that is not JSON", {}, secret, [(["body"], "json_invalid")])
        good = client.post("/age", json={"YearBuilt": year})
        expect(
            good.status_code == 200 and good.json() == {"age": 2026 - year},
            f"A good house is answered with {good.status_code}: {good.text[:200]}",
        )


def post(client: Client, what: str, body: str) -> requests.Response:
    headers = {"Content-Type": "application/json"}
    response = client.post("/age", data=body, headers=headers)
    expect_equal(response.status_code, 422, f"The status of {what}")
    return response


def see(
    response: requests.Response,
    what: str,
    body: dict[str, Any],
    secret: str,
    wanted: list[tuple[list[str], str]],
) -> None:
    errors = response.json().get("errors")
    if not isinstance(errors, list) or not all(isinstance(one, dict) for one in errors):
        not_yet(f"With {what}, errors is {errors!r}. It should be a list of dictionaries.")
    expect(
        "validation error for" not in response.text,
        f"With {what}, the document holds the whole text of pydantic's error. That text is for the "
        "developer, and quotes what the client has sent.",
        hint="Ask the error for a list, rather than for its text.",
    )
    expect(
        secret not in response.text,
        f"With {what}, the document repeats a value that the client has sent: "
        f"{secret!r} is in the answer.",
        hint="Which of pydantic's members hold what the client has sent?",
    )
    expect(
        len(errors) == len(wanted),
        f"With {what}, {body}, the number of entries is {len(errors)}. The input has "
        f"{len(wanted)} mistakes, and each should have an entry.",
    )
    for one in errors:
        expect(
            set(one) == MEMBERS,
            f"With {what}, an error has the members {sorted(one)}. It should have loc, msg and "
            "type, and nothing more.",
        )
    got = [(one["loc"], one["type"]) for one in errors]
    expect(
        got == wanted,
        f"With {what} ({body or 'half a document'}), the errors are at {got}. "
        f"They should be at {wanted}.",
        hint="loc is a list that begins with 'body' and goes on with pydantic's own loc.",
    )


def see_messages(
    answer: Answer, response: requests.Response, what: str, body: dict[str, Any]
) -> None:
    """Expect pydantic's own message for each mistake."""
    try:
        answer.get("House").model_validate_json(json.dumps(body))
    except ValidationError as error:
        wanted = [one["msg"] for one in error.errors()]
        got = [one["msg"] for one in response.json()["errors"]]
        expect(
            got == wanted,
            f"With {what}, the texts under msg are {got}. They should say what is wrong, as "
            f"pydantic does: {wanted}.",
            hint="Each of pydantic's errors has a msg of its own.",
        )


# %% hints [markdown]
# - `error.errors()` is a list of dictionaries. Print it for a bad house: which of its members does
#   the document want, and which hold what the client has sent?
# - Make a new dictionary for each mistake, with three members. `loc` of pydantic is a tuple;
#   `["body", *loc]` puts a word before it.
# - `[{"loc": ["body", *one["loc"]], "msg": ..., "type": ...} for one in error.errors()]`

# %% wrong-all-of-it
# why: All that pydantic knows is handed on, with the input and a help address.
# says: the document repeats a value that the client has sent
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    return [{**one, "loc": ["body", *one["loc"]]} for one in error.errors()]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% wrong-only-the-input-removed
# why: What is known to hurt is taken away; ctx and url stay, and ctx may hold an exception.
# says: an error has the members
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    found = error.errors(include_input=False)
    return [{**one, "loc": ["body", *one["loc"]]} for one in found]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% wrong-loc-without-body
# why: Pydantic's loc begins inside the body: it does not know that there is one.
# says: They should be at
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    return [{"loc": one["loc"], "msg": one["msg"], "type": one["type"]} for one in error.errors()]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% wrong-loc-is-text
# why: A path with dots reads well, but a program has to take it apart, and names may hold dots.
# says: 'body.YearBuilt'
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    return [
        {"loc": ".".join(["body", *one["loc"]]), "msg": one["msg"], "type": one["type"]}
        for one in error.errors()
    ]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% wrong-first-only
# why: One mistake is reported at a time, so the client needs a request for each.
# says: the number of entries is 1
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    first = error.errors()[0]
    return [{"loc": ["body", *first["loc"]], "msg": first["msg"], "type": first["type"]}]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% wrong-one-message-for-all
# why: A fixed text gives nothing away; it tells the client nothing, either.
# says: the texts under msg are
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    return [
        {"loc": ["body", *one["loc"]], "msg": "wrong", "type": one["type"]}
        for one in error.errors()
    ]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% wrong-the-text-of-the-error
# why: The text of pydantic's error is for the developer: it quotes the input.
# says: holds the whole text of pydantic's error
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    return [{"loc": ["body"], "msg": str(error), "type": "value_error"}]


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}


# %% right-switched-off
from flask import Flask, Response, json, request
from pydantic import BaseModel, Field, ValidationError, model_validator

app = Flask(__name__)


class House(BaseModel):
    YearBuilt: int = Field(ge=1700, le=2100)
    YearRemodAdd: int | None = None

    @model_validator(mode="after")
    def remodelled_after_built(self):
        if self.YearRemodAdd is not None and self.YearRemodAdd < self.YearBuilt:
            raise ValueError("YearRemodAdd must not be before YearBuilt")
        return self


def input_errors(error):
    errors = []
    for one in error.errors(include_input=False, include_context=False, include_url=False):
        one["loc"] = ("body", *one["loc"])
        errors.append(one)
    return errors


@app.post("/age")
def age():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = {"status": 422, "errors": input_errors(error)}
        return Response(json.dumps(problem), 422, content_type="application/problem+json")
    return {"age": 2026 - house.YearBuilt}

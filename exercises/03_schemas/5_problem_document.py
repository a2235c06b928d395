# Exercise 03.5: A refusal that repeats nothing
#
# **Goal.** `input_errors` turns pydantic's error into the list `errors` of a problem document: for
# each mistake `loc`, `msg` and `type` and nothing more, with `"body"` at the front of each `loc`,
# and never a value that the client has sent.
#
# The rest of the Flask app below is done. It calls your function with whatever pydantic raises:
# a wrong value, a missing field, a rule that was broken, a body that is not JSON.
#
# Check it: .venv/bin/lab check 03.5 in a terminal, or check("03.5") in a notebook.

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
    ...  # Build the list from error.errors().


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

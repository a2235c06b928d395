# Exercise 03.5: A refusal that repeats nothing
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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
    return [
        {"loc": ["body", *one["loc"]], "msg": one["msg"], "type": one["type"]}
        for one in error.errors()
    ]


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

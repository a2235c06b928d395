"""The bodies that travel: what a client sends to predict, and what it gets back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from apps.house_prices.contract import API_VERSION, MAX_HOUSES, NAME, PROBLEM_JSON
from apps.house_prices.house import House
from apps.house_prices.problems import TITLES


class PredictRequest(BaseModel):
    """The houses to price."""

    model_config = ConfigDict(extra="forbid")

    inputs: Annotated[
        list[House],
        Field(
            min_length=1, max_length=MAX_HOUSES, description="The houses: one prediction for each."
        ),
    ]


class PredictResponse(BaseModel):
    """One price for each house, in the order of the request."""

    predictions: list[float] = Field(
        description="Sale prices in US dollars.", examples=[[208500.0]]
    )
    version: str = Field(description="Version of the model that answered.", examples=["1.0.0"])
    errors: None = Field(default=None, description="Always null: errors come as problem documents.")


class Health(BaseModel):
    """Who answers, and with which versions."""

    name: str = Field(examples=[NAME])
    api_version: str = Field(examples=[API_VERSION])
    model_version: str = Field(examples=["1.0.0"])


class Ready(BaseModel):
    """The model is loaded and its checksum held."""

    ready: bool = Field(examples=[True])
    model_version: str = Field(examples=["1.0.0"])


class ListingPrice(BaseModel):
    """The price of a listed house."""

    listing: str = Field(description="Id of the listing.", examples=["1"])
    prediction: float = Field(description="Sale price in US dollars.", examples=[208500.0])
    version: str = Field(description="Version of the model that answered.", examples=["1.0.0"])


class InputError(BaseModel):
    """One thing that is wrong with the input."""

    loc: list[str | int] = Field(
        description="Where it is, from the outside in.",
        examples=[["body", "inputs", 0, "OverallQual"]],
    )
    msg: str = Field(description="What is wrong, for a person.", examples=["Field required"])
    type: str = Field(description="What is wrong, for a program.", examples=["missing"])


class Problem(BaseModel):
    """An error document (RFC 9457)."""

    type: str = Field(description="Kind of problem, as a URI.", examples=["about:blank"])
    title: str = Field(description="Name of the status.", examples=["Unprocessable Content"])
    status: int = Field(description="HTTP status code.", examples=[422])
    detail: str = Field(
        description="What happened and what to do.", examples=["The input has 1 error."]
    )
    instance: str = Field(
        description="This occurrence: ends in the request id.", examples=["/requests/4f1c"]
    )
    errors: list[InputError] | None = Field(
        default=None, description="With status 422: what is wrong with the input."
    )


RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds to wait before the same request is worth another try. Absent where "
        "waiting does not help.",
        "schema": {"type": "integer"},
    }
}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the contract says of these error statuses of an operation."""
    return {
        status: {
            "model": Problem,
            "description": TITLES[status],
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": RETRY_AFTER} if status == 503 else {}),
        }
        for status in statuses
    }

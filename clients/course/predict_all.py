"""Price every committed sale the way a client of the original course API does.

    python -m clients.course.predict_all http://127.0.0.1:8000

Such a client reads a table with pandas, so a missing value is NaN and makes a float of every other
number in its column: 1961 travels as 1961.0. JSON knows no NaN, so the client sends null for it.
All columns travel, whether the model uses them or not. The answer must hold one prediction for
each record, in order: the client puts the two side by side by position.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import pandas as pd
import requests

from training.sales import SalesError, read_sales

SECONDS = 60

# In the table of sales, and not a feature of a house.
NOT_FEATURES = ["Order", "PID", "SalePrice"]


class CourseError(Exception):
    """The API did not do what the course's client relies on. The message says what."""


@dataclass(frozen=True)
class Answer:
    """What the course's client reads of a prediction. Dollars, in the order of the records."""

    predictions: list[float]
    version: str
    errors: object


def records(houses: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a record of all columns for each house, with None where a value is missing."""
    # A column of numbers cannot hold None, so all of them turn into columns of objects first.
    whole = houses.astype(object).where(houses.notna(), None)
    names = list(whole.columns)
    return [dict(zip(names, values, strict=True)) for values in whole.itertuples(index=False)]


def health(url: str) -> tuple[str, str, str]:
    """Return name, API version and model version. Raises requests.RequestException."""
    answer = requests.get(f"{url}/api/v1/health", timeout=SECONDS)
    answer.raise_for_status()
    found = answer.json()
    return found["name"], found["api_version"], found["model_version"]


def predict(url: str, houses: pd.DataFrame) -> Answer:
    """Return a prediction for each house.

    Raises requests.RequestException without a good answer, and CourseError for predictions that
    cannot be put beside their houses.
    """
    inputs = records(houses)
    answer = requests.post(f"{url}/api/v1/predict", json={"inputs": inputs}, timeout=SECONDS)
    answer.raise_for_status()
    found = answer.json()
    predictions = found["predictions"]
    if found["errors"] is not None or len(predictions) != len(inputs):
        raise CourseError(f"{len(predictions)} predictions for {len(inputs)} records.")
    return Answer(predictions, found["version"], found["errors"])


def houses_of_the_sales() -> pd.DataFrame:
    """Return the committed sales less what is not a feature: 2,930 rows of 79 columns."""
    return read_sales().drop(columns=NOT_FEATURES)


def main(url: str = "http://127.0.0.1:8000") -> None:
    """Price every sale, and show the first few beside what was paid."""
    try:
        name, api_version, model_version = health(url)
        answer = predict(url, houses_of_the_sales())
    except (requests.RequestException, CourseError, SalesError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"{name}: API {api_version}, model {model_version}\n")
    sys.stdout.write(f"{len(answer.predictions):,} predictions, errors: {answer.errors}\n")
    for price, paid in zip(answer.predictions[:5], read_sales()["SalePrice"], strict=False):
        sys.stdout.write(f"  {price:>12,.2f} predicted, {paid:>9,} paid\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

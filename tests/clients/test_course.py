"""The original course client works unchanged: a prediction for each record, in order, null or not.

The original API dropped records with missing values without a word, which shifted every later one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import requests

from apps.house_prices.codes import CANONICAL
from apps.house_prices.contract import API_VERSION, NAME
from apps.house_prices.house import House
from apps.house_prices.model import load_model
from apps.house_prices.settings import Settings
from clients.course.predict_all import health, houses_of_the_sales, predict, records
from lab import servers

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def houses() -> pd.DataFrame:
    """Every sale: 2,930 rows of 79 columns."""
    return houses_of_the_sales()


@pytest.fixture(scope="session")
def expected(houses: pd.DataFrame) -> list[float]:
    """What the model says when it is asked in this process, house by house."""
    model = load_model()
    return [model.predict([House.model_validate(record)])[0] for record in records(houses)]


def test_the_records_are_like_the_courses(houses: pd.DataFrame) -> None:
    sent = records(houses)
    assert len(sent) == 2930
    assert all(record.keys() == House.model_fields.keys() for record in sent)
    text = json.dumps(sent, allow_nan=False)
    assert '"GarageYrBlt": 1960.0' in text
    assert '"GarageYrBlt": null' in text
    assert '"MSSubClass": 20' in text
    assert {"1stFlrSF", "2ndFlrSF", "3SsnPorch"}.isdisjoint(sent[0])


def test_each_sale_gets_its_prediction(
    server: servers.Server, houses: pd.DataFrame, expected: list[float]
) -> None:
    assert houses.isna().any(axis=1).all(), "every record has a null somewhere"
    answer = predict(server.url, houses)
    assert answer.predictions == pytest.approx(expected, rel=1e-6)
    assert (answer.version, answer.errors) == (load_model().version, None)


def test_the_order_is_that_of_the_records(
    server: servers.Server, houses: pd.DataFrame, expected: list[float]
) -> None:
    some = houses[::-1][:50]
    assert predict(server.url, some).predictions == pytest.approx(expected[::-1][:50], rel=1e-6)


def test_numbers_may_all_be_floats(
    server: servers.Server, houses: pd.DataFrame, expected: list[float]
) -> None:
    """A NaN in every column makes pandas send each number as 1961.0, MSSubClass excepted."""
    floats = houses.astype(
        dict.fromkeys(houses.select_dtypes("number").columns.drop("MSSubClass"), float)
    )[:50]
    assert '"YearBuilt": 1960.0' in json.dumps(records(floats))
    assert predict(server.url, floats).predictions == pytest.approx(expected[:50], rel=1e-6)


def test_all_but_the_four_may_be_null(server: servers.Server, houses: pd.DataFrame) -> None:
    bare = houses[:3].copy()
    known = ["GrLivArea", "OverallQual", "Neighborhood", "YearBuilt"]
    bare[bare.columns.difference(known)] = None
    assert len(predict(server.url, bare).predictions) == 3


@pytest.mark.parametrize(
    ("column", "other", "known"),
    [(column, *pair) for column, others in CANONICAL.items() for pair in others.items()],
)
def test_kaggles_spellings_are_read(
    server: servers.Server, houses: pd.DataFrame, column: str, other: str, known: str
) -> None:
    """Kaggle's tables and its description spell some codes in other ways than the data set."""
    two = houses.iloc[[0, 0]].copy()
    two[column] = [other, known]
    first, second = predict(server.url, two).predictions
    assert first == second


def test_all_sales_fit_one_request(houses: pd.DataFrame) -> None:
    """With the blanks that json.dumps writes: requests sends those too."""
    body = json.dumps({"inputs": records(houses)}).encode()
    assert len(body) < Settings().max_body_bytes


def test_health_has_the_three_names(server: servers.Server) -> None:
    assert health(server.url) == (NAME, API_VERSION, load_model().version)


def test_a_wrong_record_is_an_error_not_a_gap(server: servers.Server, houses: pd.DataFrame) -> None:
    wrong = houses[:3].copy()
    wrong.loc[1, "GrLivArea"] = -1
    with pytest.raises(requests.HTTPError, match="422"):
        predict(server.url, wrong)


def test_it_runs_as_a_program(fastapi_server: servers.Server) -> None:
    command = [sys.executable, "-m", "clients.course.predict_all", fastapi_server.url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2,930 predictions, errors: None" in done.stdout

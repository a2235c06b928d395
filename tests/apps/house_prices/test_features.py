"""Houses become the matrix of training, whatever the spelling and whatever is missing."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from apps.house_prices.codes import CANONICAL, CODES
from apps.house_prices.features import BLOCK, FEW, Features
from apps.house_prices.house import House
from apps.house_prices.model import ARTEFACT
from training.sales import read_sales
from training.train import fit

METADATA = json.loads((ARTEFACT / "model.json").read_text(encoding="utf-8"))
FOUR: dict[str, Any] = {
    "GrLivArea": 1500,
    "OverallQual": 6,
    "Neighborhood": "NAmes",
    "YearBuilt": 1970,
}


@pytest.fixture(scope="module")
def features() -> Features:
    return Features(METADATA["features"], METADATA["encodings"])


def column(features: Features, name: str, *houses: House) -> list[float]:
    values: list[float] = features.matrix(houses)[:, features.names.index(name)].tolist()
    return values


def test_the_matrix_is_the_one_of_training() -> None:
    sales: pd.DataFrame = read_sales()
    encoder = fit(sales).named_steps["encoder"]
    table = sales.drop(columns=["Order", "PID", "SalePrice"]).astype(object)
    houses = [
        House.model_validate(row) for row in table.where(table.notna(), None).to_dict("records")
    ]
    matrix = Features(encoder.features_, encoder.encodings_).matrix(houses)
    assert matrix.dtype == np.float32
    trained = encoder.transform(sales).astype(np.float32)
    assert np.array_equal(matrix, trained, equal_nan=True)


def test_what_is_absent_is_missing(features: Features) -> None:
    matrix = features.matrix([House(**FOUR)])
    known = {name for name, value in zip(features.names, matrix[0], strict=True) if value == value}
    assert known == set(FOUR)


@pytest.mark.parametrize("name", sorted(METADATA["encodings"]))
def test_every_code_is_read_and_na_is_missing(features: Features, name: str) -> None:
    houses = [House(**FOUR | {name: code}) for code in CODES[name]]
    values = column(features, name, *houses)
    missing = [code for code, value in zip(CODES[name], values, strict=True) if value != value]
    assert missing == [code for code in CODES[name] if code in ("NA", "None")]


@pytest.mark.parametrize(
    ("name", "other"),
    [(name, other) for name in METADATA["encodings"] for other in CANONICAL.get(name, {})],
)
def test_each_spelling_is_the_same_number(features: Features, name: str, other: str) -> None:
    one, two = House(**FOUR | {name: other}), House(**FOUR | {name: CANONICAL[name][other]})
    assert len(set(column(features, name, one, two))) == 1


def test_many_houses_make_the_same_rows_as_each_alone(features: Features) -> None:
    """Columns of whole numbers, of floats, with gaps, and empty ones: each is read its own way."""
    fields = [
        FOUR
        | {"FullBath": n, "GarageCars": n % 3 or None, "LotArea": n * 500 + 0.25, "HalfBath": None}
        for n in range(1, 20)
    ]
    houses = [House(**one) for one in fields] * (2 * BLOCK // len(fields) + 1)
    rows = np.vstack([features.matrix([house]) for house in houses])
    for count in (FEW, FEW + 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 1):
        assert np.array_equal(features.matrix(houses[:count]), rows[:count], equal_nan=True)


def test_the_columns_of_the_model_stand_first_in_a_house(features: Features) -> None:
    """Many houses are read field after field: with one further down, all before it are read too."""
    first = list(House.model_fields)[: len(features.names)]
    assert set(first) == set(features.names)


def test_every_house_has_its_fields_in_the_order_of_the_class() -> None:
    """Many houses are walked through in step, so a price depends on it."""
    backwards = dict(reversed((FOUR | {"SaleType": "New", "MoSold": 5}).items()))
    house = House(**backwards)
    changed = house.model_copy(update={"LotArea": 9000.0})
    for one in (house, changed, House.model_validate_json(json.dumps(backwards))):
        assert list(one.__dict__) == list(House.model_fields)
    with pytest.raises(ValidationError, match="frozen"):
        del house.LotArea


def test_a_house_that_lacks_a_field_is_an_error(features: Features) -> None:
    """Or each of its fields would be read as the one before it."""
    unchecked = House.model_construct(**{name: FOUR[name] for name in FOUR if name != "YearBuilt"})
    for houses in ([unchecked], [House(**FOUR)] * FEW + [unchecked], [unchecked] * (FEW + 1)):
        with pytest.raises(KeyError):
            features.matrix(houses)


def test_a_column_that_no_house_has_is_an_error() -> None:
    unknown = Features(["GrLivArea", "Cellar"], {})
    for count in (1, FEW + 1):
        with pytest.raises(KeyError, match="Cellar"):
            unknown.matrix([House(**FOUR)] * count)


def test_no_house_makes_no_row(features: Features) -> None:
    assert features.matrix([]).shape == (0, len(features.names))


def test_a_code_without_an_encoding_is_an_error(features: Features) -> None:
    unchecked = House(**FOUR).model_copy(update={"Neighborhood": "Atlantis"})
    with pytest.raises(KeyError, match="Atlantis"):
        features.matrix([unchecked])
    with pytest.raises(KeyError, match="Atlantis"):
        features.matrix([House(**FOUR)] * FEW + [unchecked])


def test_columns_of_codes_stand_last() -> None:
    with pytest.raises(ValueError, match="after all the others"):
        Features(["CentralAir", "GrLivArea", "YearBuilt", "Functional"], METADATA["encodings"])
    with pytest.raises(ValueError, match="At least two"):
        Features(["GrLivArea"], METADATA["encodings"])

"""Codes become numbers: every code of the code book, in every spelling."""

import numpy as np
import pandas as pd
import pytest
from sklearn.pipeline import Pipeline

from apps.house_prices.codes import CANONICAL, CODES
from training.encoder import ABSENT, HouseEncoder, in_every_spelling, price_levels, ranks
from training.pipeline import FEATURES, NAMES, SCALES

CODED = (*SCALES, *NAMES)


@pytest.mark.parametrize("column", CODED)
def test_every_known_code_has_a_number_unless_it_says_that_there_is_none(
    pipeline: Pipeline, column: str
) -> None:
    encoding = pipeline.named_steps["encoder"].encodings_[column]
    assert encoding.keys() == CODES[column].keys()
    for code, number in encoding.items():
        assert (number is None) == (code in ABSENT), code


@pytest.mark.parametrize("column", sorted(CANONICAL))
def test_each_spelling_gets_the_same_number(column: str) -> None:
    canonical = [code for code in CODES[column] if code not in CANONICAL[column]]
    numbers = in_every_spelling(column, {code: float(n) for n, code in enumerate(canonical)})
    for other, code in CANONICAL[column].items():
        assert numbers[other] == numbers[code], other


def test_a_scale_rises_from_worst_to_best() -> None:
    assert ranks("KitchenQual") == {"Po": 1, "Fa": 2, "TA": 3, "Gd": 4, "Ex": 5}
    assert ranks("BsmtExposure") == {"No": 1, "Mn": 2, "Av": 3, "Gd": 4, "NA": None}


def test_a_name_stands_where_its_sales_do_and_few_sales_count_for_less() -> None:
    names = pd.Series(["NoRidge"] * 90 + ["OldTown"] * 90 + ["Greens"])
    levels = price_levels("Neighborhood", names, [12.5] * 90 + [11.5] * 90 + [12.5])
    near, far, rare = levels["NoRidge"], levels["OldTown"], levels["Greens"]
    assert near is not None
    assert far is not None
    assert rare is not None
    assert near > 400
    assert far < -400
    assert 0 < rare < 100
    assert levels["Veenker"] == 0, "never sold: at the mean of all sales"


def test_another_spelling_of_a_name_counts_as_the_same_name() -> None:
    logs = [12.0] * 10 + [11.0] * 10
    one = price_levels("Neighborhood", pd.Series(["NAmes"] * 10 + ["OldTown"] * 10), logs)
    two = price_levels("Neighborhood", pd.Series(["Names"] * 10 + ["OldTown"] * 10), logs)
    assert one == two


def test_numbers_pass_and_missing_stays_missing(sales: pd.DataFrame) -> None:
    encoder = HouseEncoder(["LotFrontage"], ["KitchenQual"], ["Neighborhood"])
    matrix = encoder.fit(sales, np.log(sales["SalePrice"])).transform(sales)
    assert matrix.shape == (2930, 3)
    assert np.array_equal(matrix[:, 0], sales["LotFrontage"], equal_nan=True)


def test_the_served_columns_are_unique_columns_of_the_schema(sales: pd.DataFrame) -> None:
    assert len(set(FEATURES)) == len(FEATURES) == 25
    assert set(FEATURES) <= set(sales.columns) - {"Order", "PID", "SalePrice"}

"""The listing service offers the houses of the data set as pandas reads them, without pandas."""

from __future__ import annotations

import json

from apps.house_prices.house import House
from lab.listings.houses import listed_houses
from training.sales import read_sales


def test_the_listed_houses_are_the_sales_without_what_they_sold_for() -> None:
    sales = read_sales()
    houses = json.loads(sales[list(House.model_fields)].to_json(orient="records"))
    expected = {str(order): house for order, house in zip(sales["Order"], houses, strict=True)}
    # As text: to Python 1 and 1.0 are equal, and in an answer they are not.
    assert json.dumps(listed_houses()) == json.dumps(expected)

"""The houses that are listed: the Ames sales, by their order in the data set."""

from __future__ import annotations

import json
from typing import Any

from apps.house_prices.house import House
from training.sales import read_sales


def listed_houses() -> dict[str, dict[str, Any]]:
    """Return the 2,930 houses by id ("1" to "2930"), without what they sold for.

    Raises:
        SalesError: when the committed sales are missing or changed.
    """
    sales = read_sales()
    houses = json.loads(sales[list(House.model_fields)].to_json(orient="records"))
    return {str(order): house for order, house in zip(sales["Order"], houses, strict=True)}

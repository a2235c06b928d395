"""The committed numbers of the web page's picture are those of the committed sales."""

import json
from typing import Any

import pytest

from training.picture import SALES_JSON, picture
from training.sales import read_sales


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    """What the page is sent."""
    numbers: dict[str, Any] = json.loads(SALES_JSON.read_text(encoding="utf-8"))
    return numbers


def test_the_committed_file_is_in_step_with_the_sales(committed: dict[str, Any]) -> None:
    assert committed == picture(read_sales()), "Run: python -m training.picture"


def test_every_sale_is_counted_in_the_bin_of_its_price(committed: dict[str, Any]) -> None:
    prices = read_sales()["SalePrice"]
    for index, count in enumerate(committed["counts"]):
        start = index * committed["bin_dollars"]
        assert count == ((prices >= start) & (prices < start + committed["bin_dollars"])).sum()
    assert sum(committed["counts"]) == committed["sales"] == len(prices)


def test_a_percentile_leaves_that_share_of_the_sales_below(committed: dict[str, Any]) -> None:
    prices = read_sales()["SalePrice"]
    for share, percentile in enumerate(committed["percentiles"], start=1):
        assert (prices < percentile).mean() < share / 100 <= (prices <= percentile).mean()

"""The houses of the comparison lab are those of the sales, and the API prices them."""

from __future__ import annotations

from apps.house_prices.messages import PredictRequest
from lab.bench.workloads import HOUSES, HOUSES_FILE, houses
from tools.bench_houses import text


def test_the_committed_houses_are_up_to_date() -> None:
    assert HOUSES_FILE.read_text(encoding="utf-8") == text(), "run `python -m tools.bench_houses`"


def test_they_are_different_houses_that_the_schema_accepts() -> None:
    assert len(houses()) == HOUSES
    assert len({str(house) for house in houses()}) > 0.9 * HOUSES  # some differ in other columns
    PredictRequest.model_validate({"inputs": houses()})

"""Units: what a month is, what a price is in another unit, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.decide.quantities import Quantity
from lab.decide.units import UNITS, UnitError, convert, parts_of


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (1, "month", "h", 720),  # 30 * 24
        (1, "year", "month", 12),
        (0.0816, "USD/h", "USD/month", 58.752),  # 0.0816 * 720
        (0.40, "USD/million requests", "USD/request", 4e-7),
        (20, "USD/vCPU/month", "USD/vCPU/s", 7.716049382716e-6),  # 20 / 2,592,000
        (512, "MiB", "GiB", 0.5),
        (1, "GB", "GiB", 0.931322574615),  # 10^9 / 2^30
        (1, "kWh", "W/s", None),  # energy is power times time, not power per time
        (250, "ms", "s", 0.25),
        (40, "%", "", 0.4),
        (3, "thousand requests/day", "requests/month", 90_000),  # 3,000 * 30
    ],
)
def test_worked_by_hand(value: float, unit: str, to: str, expected: float | None) -> None:
    if expected is None:
        with pytest.raises(UnitError, match="cannot be turned into"):
            convert(value, unit, to)
    else:
        assert convert(value, unit, to) == pytest.approx(expected, rel=1e-11)


@given(st.floats(1e-6, 1e9), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_there_and_back_changes_nothing(value: float, unit: str, other: str) -> None:
    if parts_of(unit)[1] == parts_of(other)[1]:
        assert convert(convert(value, unit, other), other, unit) == pytest.approx(value, rel=1e-12)
    else:
        with pytest.raises(UnitError):
            convert(value, unit, other)


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("USD/hours", "Did you mean 'h'?"),
        ("usd/month", "Did you mean 'USD'?"),
        ("sec", "Did you mean 's'?"),
        ("furlong", "Known are ms, s, min"),
        ("USD/", "the unit '' is not known"),
    ],
)
def test_an_unknown_unit_is_refused_with_the_nearest(unit: str, told: str) -> None:
    with pytest.raises(UnitError) as error:
        parts_of(unit)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("written", "low", "high", "unit"),
    [
        ("20 ms", 20, 20, "ms"),
        ("2 to 6 h/month", 2, 6, "h/month"),
        ("2-6 h/month", 2, 6, "h/month"),
        ("1,500 USD", 1500, 1500, "USD"),
        ("0.1 to 3 million requests/month", 0.1, 3, "million requests/month"),
        ("2.5e-6 USD/GiB/s", 2.5e-6, 2.5e-6, "USD/GiB/s"),
        (7, 7, 7, ""),
        ({"value": "4 h"}, 4, 4, "h"),
        ({"low": 1, "high": 2, "unit": "h"}, 1, 2, "h"),
    ],
)
def test_a_quantity_is_read_as_people_write_it(
    written: object, low: float, high: float, unit: str
) -> None:
    read = Quantity.model_validate(written)
    assert (read.low, read.high, read.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("many", "'many' is not a number with a unit"),
        ("6 to 2 h", "its low, 6, is above its high, 2"),
        (True, "true and false are not numbers"),
        (float("nan"), "must be finite"),
        ({"value": 1, "low": 2}, "a value has no low and no high"),
    ],
)
def test_what_is_no_quantity_is_refused(written: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Quantity.model_validate(written)

"""A slip in a name leads to the name that was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.house_prices.house import House
from apps.house_prices.names import nearest_name


@pytest.mark.parametrize(
    ("unknown", "meant"),
    [
        ("1stFlrSF", "FirstFlrSF"),
        ("2ndFlrSF", "SecondFlrSF"),
        ("3SsnPorch", "ThreeSsnPortch"),
        ("ThreeSsnPorch", "ThreeSsnPortch"),
        ("X1st.Flr.SF", "FirstFlrSF"),
        ("Bedroom", "BedroomAbvGr"),
        ("Kitchen", "KitchenAbvGr"),
        ("gr_liv_area", "GrLivArea"),
        ("GRLIVAREA", "GrLivArea"),
        ("Overall Qual", "OverallQual"),
        ("Neighbourhood", "Neighborhood"),
        ("YearBuild", "YearBuilt"),
        ("GarageYearBuilt", "GarageYrBlt"),
    ],
)
def test_a_slip_is_understood(unknown: str, meant: str) -> None:
    assert nearest_name(unknown) == meant


@pytest.mark.parametrize("unknown", ["", "Id", "PID", "SalePrice", "colour", "__proto__", "面積"])
def test_no_name_is_better_than_a_misleading_one(unknown: str) -> None:
    assert nearest_name(unknown) is None


@pytest.mark.parametrize("name", House.model_fields)
def test_every_name_is_nearest_to_itself(name: str) -> None:
    assert nearest_name(name) == name
    assert nearest_name(name.lower()) == name
    assert nearest_name(name[:-1]) is not None


@given(st.text(max_size=2_000))
def test_any_text_gets_a_known_name_or_none(unknown: str) -> None:
    assert nearest_name(unknown) in {None, *House.model_fields}

"""The fetching script's own rules; fetching itself needs packages that learners never install."""

import gzip
from pathlib import Path

import pytest

from apps.house_prices.house import House
from training.data import cell, course_name, write
from training.sales import read_sales


@pytest.mark.parametrize(
    ("package_name", "name"),
    [
        ("Lot.Area", "LotArea"),
        ("BsmtFin.Type.1", "BsmtFinType1"),
        ("area", "GrLivArea"),
        ("price", "SalePrice"),
        ("X1st.Flr.SF", "FirstFlrSF"),
        ("X3Ssn.Porch", "ThreeSsnPortch"),
        ("Street", "Street"),
    ],
)
def test_columns_get_the_course_names(package_name: str, name: str) -> None:
    assert course_name(package_name) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (float("nan"), ""), (141.0, "141"), (0.5, "0.5"), (7, "7"), ("WD ", "WD")],
)
def test_a_cell_is_written_the_short_way(value: object, text: str) -> None:
    assert cell(value) == text


def test_the_same_text_makes_the_same_file(tmp_path: Path) -> None:
    write("a,b\n1,2\n", tmp_path / "one" / "sales.csv.gz")
    write("a,b\n1,2\n", tmp_path / "two" / "other.csv.gz")
    packed = (tmp_path / "one" / "sales.csv.gz").read_bytes()
    assert packed == (tmp_path / "two" / "other.csv.gz").read_bytes()
    assert gzip.decompress(packed) == b"a,b\n1,2\n"


def test_the_columns_are_those_of_the_schema() -> None:
    assert set(read_sales().columns) == {"Order", "PID", "SalePrice", *House.model_fields}

"""The committed sales: the ones that the provenance note and the model name, whole and in range."""

import gzip
import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from apps.house_prices.model import ARTEFACT
from training.sales import SALES, SHA256, SalesError, sales_csv


def test_file_note_and_model_name_the_same_sales() -> None:
    assert hashlib.sha256(gzip.decompress(SALES.read_bytes())).hexdigest() == SHA256
    assert SHA256 in (SALES.parent / "PROVENANCE.md").read_text(encoding="utf-8")
    metadata = json.loads((ARTEFACT / "model.json").read_text(encoding="utf-8"))
    assert metadata["training_data"] == {"file": SALES.name, "csv_sha256": SHA256, "rows": 2930}


def test_every_sale_is_there_once_and_in_order(sales: pd.DataFrame) -> None:
    assert sales.shape == (2930, 82)
    assert sales["Order"].tolist() == list(range(1, 2931))
    assert sales["PID"].is_unique


@pytest.mark.parametrize(
    ("column", "least", "most"),
    [
        ("SalePrice", 12_789, 755_000),
        ("GrLivArea", 334, 5_642),
        ("OverallQual", 1, 10),
        ("YearBuilt", 1872, 2010),
        ("YrSold", 2006, 2010),
        ("LotArea", 1_300, 215_245),
    ],
)
def test_ranges(sales: pd.DataFrame, column: str, least: int, most: int) -> None:
    assert (sales[column].min(), sales[column].max()) == (least, most)


def test_no_code_has_a_blank_around_it(sales: pd.DataFrame) -> None:
    text = sales.select_dtypes(exclude="number")
    assert len(text.columns) == 43
    for column in text:
        codes = text[column].dropna()
        assert (codes == codes.str.strip()).all(), column


def test_a_missing_file_says_how_to_get_it_back(tmp_path: Path) -> None:
    with pytest.raises(SalesError, match=r"cannot be read.*git checkout training/data/ames.csv.gz"):
        sales_csv(tmp_path / "gone.csv.gz")


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "ames.csv.gz"
    changed.write_bytes(gzip.compress(gzip.decompress(SALES.read_bytes()) + b"1"))
    with pytest.raises(SalesError, match="holds other sales"):
        sales_csv(changed)


@pytest.mark.parametrize("cut", [5, 1000])
def test_a_damaged_file_is_refused(tmp_path: Path, cut: int) -> None:
    damaged = tmp_path / "ames.csv.gz"
    damaged.write_bytes(SALES.read_bytes()[:-cut])
    with pytest.raises(SalesError, match="cannot be read"):
        sales_csv(damaged)

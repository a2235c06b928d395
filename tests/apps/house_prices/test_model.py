"""The served model: sensible prices, and no artefact but the trained one."""

import hashlib
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apps.house_prices.house import MINIMAL_HOUSE, House
from apps.house_prices.model import ARTEFACT, Model, ModelError, load_model
from training.sales import read_sales
from training.train import write_artefact

REQUIRED = ["GrLivArea", "OverallQual", "Neighborhood", "YearBuilt"]
Record = dict[str, Any]


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.fixture(scope="module")
def records() -> list[Record]:
    table = read_sales().drop(columns=["Order", "PID"]).astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def houses(records: list[Record], **changes: object) -> list[House]:
    return [
        House(**{name: value for name, value in row.items() if name != "SalePrice"} | changes)
        for row in records
    ]


def test_one_price_in_dollars_and_cents_for_each_house_in_order(
    model: Model, records: list[Record]
) -> None:
    some = houses(records[:50])
    prices = model.predict(some)
    assert [model.predict([house])[0] for house in some] == prices
    assert model.predict(some[::-1]) == prices[::-1]
    assert all(type(price) is float and round(price, 2) == price for price in prices)
    assert model.predict([]) == []


def test_a_house_costs_the_same_alone_and_among_all_the_others(
    model: Model, records: list[Record]
) -> None:
    every = houses(records)
    assert [model.predict([house])[0] for house in every] == model.predict(every)


def test_prices_are_near_what_was_paid(model: Model, records: list[Record]) -> None:
    paid = np.array([row["SalePrice"] for row in records])
    error = np.abs(np.array(model.predict(houses(records))) / paid - 1)
    assert np.median(error) < 0.06


def test_four_facts_are_enough_for_a_sensible_price(model: Model, records: list[Record]) -> None:
    paid = np.array([row["SalePrice"] for row in records])
    little = houses([{name: row[name] for name in REQUIRED} for row in records])
    error = np.abs(np.array(model.predict(little)) / paid - 1)
    assert np.median(error) < 0.12
    assert 90_000 < model.predict([House.model_validate(MINIMAL_HOUSE)])[0] < 150_000


@pytest.mark.parametrize(
    ("column", "lower", "higher"),
    [
        ("OverallQual", 4, 8),
        ("OverallCond", 4, 7),
        ("GrLivArea", 1000, 2000),
        ("KitchenQual", "TA", "Ex"),
        ("Neighborhood", "OldTown", "StoneBr"),
        ("Functional", "Maj2", "Typ"),
    ],
)
def test_more_house_costs_more_on_average(
    model: Model, records: list[Record], column: str, lower: object, higher: object
) -> None:
    few = records[::20]
    below = statistics.mean(model.predict(houses(few, **{column: lower})))
    above = statistics.mean(model.predict(houses(few, **{column: higher})))
    assert above > 1.02 * below


def test_price_rises_with_each_step_of_quality(model: Model, records: list[Record]) -> None:
    few = records[::20]
    means = [statistics.mean(model.predict(houses(few, OverallQual=q))) for q in range(1, 11)]
    assert means == sorted(means)


def test_an_empty_cell_and_na_are_the_same_house(model: Model, records: list[Record]) -> None:
    bare = [row for row in records if row["BsmtExposure"] is None and row["TotalBsmtSF"] == 0]
    assert len(bare) == 79
    assert model.predict(houses(bare)) == model.predict(houses(bare, BsmtExposure="NA"))


def test_no_house_however_odd_gets_a_price_that_is_not_a_number(model: Model) -> None:
    huge = House(
        GrLivArea=20_000, OverallQual=10, Neighborhood="NoRidge", YearBuilt=2100, LotArea=2_000_000
    )
    tiny = House(GrLivArea=100, OverallQual=1, Neighborhood="MeadowV", YearBuilt=1700)
    low, high = model.predict([tiny, huge])
    assert 1_000 < low < high < 2_000_000


def test_the_artefact_describes_itself(model: Model) -> None:
    metadata = json.loads((ARTEFACT / "model.json").read_text(encoding="utf-8"))
    assert model.version == metadata["version"]
    assert list(model.features) == metadata["features"] == list(metadata["imputation"])


@pytest.fixture
def artefact(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARTEFACT, tmp_path / "artefact"))


def drop_model(folder: Path) -> None:
    (folder / "model.onnx").unlink()


def drop_metadata(folder: Path) -> None:
    (folder / "model.json").unlink()


def flip_a_byte(folder: Path) -> None:
    content = bytearray((folder / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "model.onnx").write_bytes(content)


def cut_metadata(folder: Path) -> None:
    text = (folder / "model.json").read_text(encoding="utf-8")
    (folder / "model.json").write_text(text[: len(text) // 2], encoding="utf-8")


def not_an_object(folder: Path) -> None:
    (folder / "model.json").write_text("[]", encoding="utf-8")


def change_an_encoding(folder: Path) -> None:
    metadata = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    metadata["encodings"]["KitchenQual"]["TA"] = 4.0
    (folder / "model.json").write_text(json.dumps(metadata), encoding="utf-8")


def lose_the_encodings(folder: Path) -> None:
    metadata = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    del metadata["encodings"], metadata["model_sha256"]
    write_artefact(folder, (folder / "model.onnx").read_bytes(), metadata)


def not_a_model(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"not a model")
    metadata = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    metadata["model_sha256"] = hashlib.sha256(b"not a model").hexdigest()
    (folder / "model.json").write_text(json.dumps(metadata), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "file", "problem"),
    [
        (drop_model, "model.onnx", "cannot be read"),
        (drop_metadata, "model.json", "cannot be read"),
        (flip_a_byte, "model.onnx", "its SHA-256 is"),
        (cut_metadata, "model.json", "is not valid JSON"),
        (not_an_object, "model.json", "is not a JSON object"),
        (change_an_encoding, "model.json", "the SHA-256 of its entries is"),
        (lose_the_encodings, "model.json", "an entry is missing or wrong"),
        (not_a_model, "model.onnx", "ONNX Runtime cannot load it"),
    ],
)
def test_a_harmed_artefact_is_refused(
    artefact: Path, harm: Callable[[Path], None], file: str, problem: str
) -> None:
    harm(artefact)
    with pytest.raises(ModelError) as caught:
        load_model(artefact)
    message = str(caught.value)
    assert message.startswith(f"{artefact / file}: {problem}")
    assert "python -m training.train" in message
    assert "git checkout apps/house_prices/artefact" in message


def test_another_layout_of_the_same_metadata_is_the_same_model(artefact: Path) -> None:
    metadata = json.loads((artefact / "model.json").read_text(encoding="utf-8"))
    text = json.dumps(metadata, indent=4).replace("\n", "\r\n")
    (artefact / "model.json").write_bytes(text.encode())
    assert load_model(artefact).version == metadata["version"]


@pytest.mark.parametrize("harm", [drop_model, drop_metadata, flip_a_byte, change_an_encoding])
def test_a_model_knows_that_its_files_have_changed(
    artefact: Path, harm: Callable[[Path], None]
) -> None:
    loaded = load_model(artefact)
    assert loaded.is_intact()
    harm(artefact)
    assert not loaded.is_intact()


def test_serving_needs_neither_training_nor_its_libraries() -> None:
    script = (
        "import sys; from apps.house_prices.model import load_model; load_model();"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ARTEFACT.parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = done.stdout
    assert "'onnxruntime'" in loaded
    for name in ("training", "pandas", "sklearn", "onnx", "skl2onnx", "scipy", "fastapi", "flask"):
        assert f"'{name}'" not in loaded

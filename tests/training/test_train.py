"""Training: the score is honest, a second run gives the same model, and ONNX is that model."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pytest
from sklearn.metrics import r2_score, root_mean_squared_error
from sklearn.pipeline import Pipeline

from apps.house_prices.model import ARTEFACT, load_model
from training.onnx_export import to_onnx
from training.pipeline import FEATURES
from training.train import (
    OTHER_SEEDS,
    SEED,
    describe,
    fit,
    out_of_fold,
    write_artefact,
)

# float32 carries 24 bits: a residual or a standardised column is off by less than a millionth.
ONNX_BOUND = 1e-6


def onnx_log_prices(content: bytes, matrix: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"houses": matrix.astype(np.float32)})[0]).ravel()


@pytest.fixture(scope="module")
def content(pipeline: Pipeline) -> bytes:
    return to_onnx(pipeline)


def test_onnx_agrees_with_scikit_learn_on_every_sale(
    sales: pd.DataFrame, pipeline: Pipeline, content: bytes
) -> None:
    matrix = pipeline.named_steps["encoder"].transform(sales)
    difference = np.abs(onnx_log_prices(content, matrix) - pipeline.predict(sales))
    assert difference.shape == (2930,)
    assert difference.max() < ONNX_BOUND


def test_onnx_takes_one_float_tensor_and_imputes(content: bytes, pipeline: Pipeline) -> None:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    assert (entry.name, entry.type, entry.shape[1]) == ("houses", "tensor(float)", len(FEATURES))
    medians = pipeline.named_steps["imputer"].statistics_[None, :]
    unknown = np.full((1, len(FEATURES)), np.nan)
    assert onnx_log_prices(content, unknown) == onnx_log_prices(content, medians)


def test_retraining_gives_the_same_predictions(sales: pd.DataFrame, pipeline: Pipeline) -> None:
    again = fit(sales)
    assert np.abs(again.predict(sales) - pipeline.predict(sales)).max() < 1e-6


def test_the_same_pipeline_makes_the_same_file_in_every_process(content: bytes) -> None:
    """Python orders a set of strings anew in each process, so skl2onnx's order may not be left."""
    domains = [operators.domain for operators in onnx.load_from_string(content).opset_import]
    assert domains == sorted(domains)
    assert len(domains) == 2


def test_the_committed_model_is_what_this_code_trains(
    sales: pd.DataFrame, pipeline: Pipeline
) -> None:
    """Loosely: another processor may break a tie between two splits the other way."""
    matrix = pipeline.named_steps["encoder"].transform(sales)
    committed = onnx_log_prices((ARTEFACT / "model.onnx").read_bytes(), matrix)
    assert np.quantile(np.abs(committed - pipeline.predict(sales)), 0.99) < 0.01


def test_the_reported_score_is_reached_and_good_enough(sales: pd.DataFrame) -> None:
    metrics = json.loads((ARTEFACT / "model.json").read_text(encoding="utf-8"))["metrics"]
    predicted, price = out_of_fold(sales, SEED), sales["SalePrice"].to_numpy()
    score = root_mean_squared_error(np.log(price), predicted)
    assert score <= 0.120
    assert metrics["rmse_log_price"] == pytest.approx(score, abs=0.0005)
    assert metrics["r2_log_price"] == pytest.approx(r2_score(np.log(price), predicted), abs=0.002)
    error = np.median(np.abs(np.exp(predicted) - price))
    assert metrics["median_absolute_error_dollars"] == pytest.approx(error, rel=0.03)
    assert metrics["rmse_log_price_by_other_seeds"].keys() == {str(seed) for seed in OTHER_SEEDS}


def test_nothing_leaks_from_the_fold_that_is_predicted(sales: pd.DataFrame) -> None:
    """Prices dealt out at random cannot be predicted, unless a fold has seen its own."""
    dealt = np.random.default_rng(0).permutation(sales["SalePrice"].to_numpy())
    predicted = out_of_fold(sales.assign(SalePrice=dealt), SEED)
    assert r2_score(np.log(dealt), predicted) < 0.01


def test_what_is_written_can_be_served(tmp_path: Path, pipeline: Pipeline, content: bytes) -> None:
    write_artefact(tmp_path / "new", content, describe(pipeline, {"rows": 2930}))
    model = load_model(tmp_path / "new")
    assert model.features == FEATURES

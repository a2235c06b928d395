"""The fitted pipeline as ONNX: one float32 tensor of encoded houses in, log prices (float64) out.

skl2onnx knows the imputer and the trees. The line it learns here. The line is computed in double
precision: float32 would round a log price of 12 by a millionth, some twenty cents of a price, and
not always the same way for one house as for a thousand.
"""

from typing import Any, Final

import numpy as np
from skl2onnx import convert_sklearn, update_registered_converter
from skl2onnx.algebra.onnx_operator import OnnxSubEstimator
from skl2onnx.algebra.onnx_ops import (
    OnnxAdd,
    OnnxCast,
    OnnxClip,
    OnnxConcat,
    OnnxGemm,
    OnnxMul,
    OnnxScaler,
)
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.pipeline import Pipeline

from training.regressor import LineAndTrees

INPUT: Final = "houses"
OUTPUT: Final = "log_price"
DOUBLE: Final = 11  # as ONNX numbers its types
OPSETS: Final = {"": 18, "ai.onnx.ml": 3}


def _shape(operator: Any) -> None:  # noqa: ANN401 - skl2onnx has no types
    operator.outputs[0].type = DoubleTensorType([operator.inputs[0].get_first_dimension(), 1])


def _convert(scope: Any, operator: Any, container: Any) -> None:  # noqa: ANN401
    """Write the two parts of a LineAndTrees, operation by operation, and add them up."""
    fitted: LineAndTrees = operator.raw_operator
    scaler, curves, ridge = (step for _, step in fitted.line_.steps)
    version = {"op_version": container.target_opset}
    houses = operator.inputs[0]

    standard = OnnxScaler(
        houses, offset=scaler.mean_.tolist(), scale=(1 / scaler.scale_).tolist(), op_version=1
    )
    low, high = (np.array(end, dtype=np.float32) for end in (-curves.limit, curves.limit))
    cut = OnnxCast(OnnxClip(standard, low, high, **version), to=DOUBLE, **version)
    bent = OnnxConcat(cut, OnnxMul(cut, cut, **version), axis=1, **version)
    line = OnnxGemm(bent, ridge.coef_.reshape(-1, 1), np.array([ridge.intercept_]), **version)

    trees = OnnxSubEstimator(fitted.trees_, houses, **version)
    rest = OnnxCast(trees, to=DOUBLE, **version)
    OnnxAdd(line, rest, output_names=operator.outputs[:1], **version).add_to(scope, container)


def to_onnx(pipeline: Pipeline) -> bytes:
    """The steps after the encoder as a serialised ONNX model. Equal pipelines give equal bytes."""
    update_registered_converter(LineAndTrees, "LineAndTrees", _shape, _convert)
    width = len(pipeline.named_steps["encoder"].features_)
    model = convert_sklearn(
        pipeline[1:],
        name="house_prices",
        initial_types=[(INPUT, FloatTensorType([None, width]))],
        final_types=[(OUTPUT, DoubleTensorType([None, 1]))],
        target_opset=OPSETS,
    )
    # skl2onnx lists these in the order of a set, which changes from run to run.
    operator_sets = sorted(model.opset_import, key=lambda operators: operators.domain)
    del model.opset_import[:]
    model.opset_import.extend(operator_sets)
    return bytes(model.SerializeToString())

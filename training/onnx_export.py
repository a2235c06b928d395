"""The fitted pipeline as ONNX: one float32 tensor of encoded houses in, log prices (float64) out.

skl2onnx knows the imputer and the trees. The line it learns here. The line is computed in double
precision: float32 would round a log price of 12 by a millionth, some twenty cents of a price, and
not always the same way for one house as for a thousand.
"""

from typing import Any, Final

import numpy as np
from onnx import TensorProto
from skl2onnx import convert_sklearn, update_registered_converter
from skl2onnx.algebra.onnx_operator import OnnxSubEstimator
from skl2onnx.algebra.onnx_ops import (
    OnnxAdd,
    OnnxCast,
    OnnxClip,
    OnnxConcat,
    OnnxDiv,
    OnnxMatMul,
    OnnxMul,
    OnnxSub,
)
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.pipeline import Pipeline

from training.regressor import LineAndTrees

INPUT: Final = "houses"
OUTPUT: Final = "log_price"
OPSETS: Final = {"": 18, "ai.onnx.ml": 3}


def _shape(operator: Any) -> None:  # noqa: ANN401 - skl2onnx has no types
    operator.outputs[0].type = DoubleTensorType([operator.inputs[0].get_first_dimension(), 1])


def _convert(scope: Any, operator: Any, container: Any) -> None:  # noqa: ANN401
    """Write the two parts of a LineAndTrees, operation by operation, and add them up."""
    fitted: LineAndTrees = operator.raw_operator
    scaler, curves, ridge = (step for _, step in fitted.line_.steps)
    version = {"op_version": container.target_opset}
    houses = operator.inputs[0]

    doubles = OnnxCast(houses, to=TensorProto.DOUBLE, **version)
    centred = OnnxSub(doubles, scaler.mean_[None, :], **version)
    standard = OnnxDiv(centred, scaler.scale_[None, :], **version)
    cut = OnnxClip(standard, np.array(-curves.limit), np.array(curves.limit), **version)
    bent = OnnxConcat(cut, OnnxMul(cut, cut, **version), axis=1, **version)
    slope = OnnxMatMul(bent, ridge.coef_.reshape(-1, 1), **version)
    line = OnnxAdd(slope, np.array([ridge.intercept_]), **version)

    trees = OnnxSubEstimator(fitted.trees_, houses, **version)
    rest = OnnxCast(trees, to=TensorProto.DOUBLE, **version)
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
    return bytes(model.SerializeToString())

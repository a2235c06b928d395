"""The fitted pipeline as ONNX: one float32 tensor of encoded houses in, log prices (float64) out.

skl2onnx knows the imputer and the trees. The line it learns here. The line is computed in double
precision: float32 would round a log price of 12 by a millionth, some twenty cents of a price, and
not always the same way for one house as for a thousand.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from skl2onnx import convert_sklearn, update_registered_converter
from skl2onnx.algebra.onnx_operator import OnnxSubEstimator
from skl2onnx.algebra.onnx_ops import (
    OnnxAdd,
    OnnxCast,
    OnnxGemm,
    OnnxMax,
    OnnxMin,
    OnnxMul,
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
    """Write the two parts of a LineAndTrees, operation by operation, and add them up.

    The line standardises a column, cuts it, and bends it with its square. Multiplied out, that is
    one parabola in the column itself, cut at the same place: fewer operations, the same numbers.
    """
    fitted: LineAndTrees = operator.raw_operator
    scaler, curves, ridge = (step for _, step in fitted.line_.steps)
    version = {"op_version": container.target_opset}
    houses = operator.inputs[0]

    mean, scale = scaler.mean_, scaler.scale_
    straight, bent = np.split(ridge.coef_, 2)
    squares = bent / scale**2
    slopes = straight / scale - 2 * mean * squares
    constant = ridge.intercept_ + np.sum(mean**2 * squares - mean * straight / scale)

    low, high = mean - curves.limit * scale, mean + curves.limit * scale
    exact = OnnxCast(houses, to=DOUBLE, **version)
    cut = OnnxMin(OnnxMax(exact, low, **version), high, **version)
    curve = OnnxGemm(
        OnnxMul(cut, cut, **version), _upright(squares), np.array([constant]), **version
    )
    line = OnnxGemm(cut, _upright(slopes), curve, **version)

    trees = OnnxSubEstimator(fitted.trees_, houses, **version)
    rest = OnnxCast(trees, to=DOUBLE, **version)
    OnnxAdd(line, rest, output_names=operator.outputs[:1], **version).add_to(scope, container)


def _upright(row: NDArray[np.float64]) -> NDArray[np.float64]:
    return row.reshape(-1, 1)


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
    # skl2onnx ends with a step that casts double precision to double precision.
    last = model.graph.node.pop()
    if last.op_type != "Cast" or list(last.input) != list(model.graph.node[-1].output):
        raise RuntimeError(f"skl2onnx has changed: the last step is {last.op_type}.")
    model.graph.node[-1].output[0] = OUTPUT
    # skl2onnx lists these in the order of a set, which changes from run to run.
    operator_sets = sorted(model.opset_import, key=lambda operators: operators.domain)
    del model.opset_import[:]
    model.opset_import.extend(operator_sets)
    return bytes(model.SerializeToString())

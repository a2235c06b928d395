"""The model that is served: checks the artefact, then turns houses into prices.

Needs ONNX Runtime and NumPy alone; `training/` makes the artefact. Load the model after a server
has forked: a session's threads do not survive a fork.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnxruntime

from apps.house_prices.features import Features

if TYPE_CHECKING:
    from apps.house_prices.house import House

ARTEFACT: Final = Path(__file__).parent / "artefact"
_REMEDY: Final = (
    "Run `python -m training.train` to make the artefact again,"
    " or `git checkout apps/house_prices/artefact` to get the committed one back."
)


class ModelError(RuntimeError):
    """The model cannot be served. The message says which file, what is wrong and what to run."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem} {_REMEDY}")


@dataclass(frozen=True)
class PriceHistogram:
    """How the 2,930 sales spread: `counts[n]` of them from n to n + 1 times `bin_dollars`."""

    bin_dollars: int
    counts: tuple[int, ...]


class Model:
    """A loaded model. `load_model` makes one."""

    def __init__(
        self, folder: Path, metadata: dict[str, Any], session: onnxruntime.InferenceSession
    ) -> None:
        self._folder: Final = folder
        self.version: Final[str] = metadata["version"]
        self.features: Final[tuple[str, ...]] = tuple(metadata["features"])
        self.prices: Final = PriceHistogram(
            metadata["prices"]["bin_dollars"], tuple(metadata["prices"]["counts"])
        )
        self._preparation: Final = Features(self.features, metadata["encodings"])
        self._input: Final[str] = session.get_inputs()[0].name
        self._run: Final = session.run

    def is_intact(self) -> bool:
        """Whether the files are still the ones that this model was loaded from."""
        try:
            metadata, _ = _checked(self._folder)
        except ModelError:
            return False
        return bool(metadata.get("version") == self.version)

    def predict(self, houses: "Sequence[House]") -> list[float]:
        """Prices in dollars, rounded to cents: one for each house, in order."""
        if not houses:
            return []
        matrix = self._preparation.matrix(houses)
        log_prices = self._run(None, {self._input: matrix})[0]
        # np.round does the same through Python, and takes ten times as long for one house.
        prices: list[float] = (np.rint(np.exp(log_prices) * 100) / 100).ravel().tolist()
        return prices


def load_model(folder: Path = ARTEFACT) -> Model:
    """Check the artefact in `folder` and make its session.

    Raises ModelError where a file is missing, cannot be read, or is not the one that was trained.
    """
    metadata, content = _checked(folder)
    try:
        return Model(folder, metadata, _session(content))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            folder / "model.json", f"an entry is missing or wrong ({error!r})."
        ) from error
    except Exception as error:  # ONNX Runtime has a class of its own for each way to fail.
        raise ModelError(
            folder / "model.onnx", f"ONNX Runtime cannot load it ({error})."
        ) from error


def _checked(folder: Path) -> tuple[dict[str, Any], bytes]:
    """The metadata and the bytes of the model, whose checksum held."""
    metadata = _read_metadata(folder / "model.json")
    file = folder / "model.onnx"
    content = _read(file)
    found = hashlib.sha256(content).hexdigest()
    if found != metadata.get("model_sha256"):
        raise ModelError(file, f"its SHA-256 is {found}, not the one that model.json names.")
    return metadata, content


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(file, f"cannot be read ({error.strerror}).") from error


def _read_metadata(file: Path) -> dict[str, Any]:
    try:
        metadata = json.loads(_read(file))
    except ValueError as error:
        raise ModelError(file, f"is not valid JSON ({error}).") from error
    if not isinstance(metadata, dict):
        raise ModelError(file, "is not a JSON object.")
    return metadata


def _session(content: bytes) -> onnxruntime.InferenceSession:
    """A single-threaded session: a server runs one worker a core, so more threads only compete."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors alone: warnings would bypass the application's log
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

"""The model that is served: checks the artefact, then turns houses into prices.

Needs ONNX Runtime and NumPy alone; `training/` makes the artefact. Load the model after a server
has forked: a session's threads do not survive a fork.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import numpy as np
import onnxruntime

from apps.house_prices.features import FEW, Features

if TYPE_CHECKING:
    from apps.house_prices.house import House

ARTEFACT: Final = Path(__file__).parent / "artefact"
MODEL: Final = "model.onnx"
METADATA: Final = "model.json"

# Under which name each file carries the other's checksum.
MODEL_CHECKSUM: Final = "model_sha256"
METADATA_CHECKSUM: Final = "metadata_sha256"

_REMEDY: Final = (
    "Run `python -m training.train` to make the artefact again,"
    " or `git checkout apps/house_prices/artefact` to get the committed one back."
)


class ModelError(RuntimeError):
    """The model cannot be served. The message says which file, what is wrong and what to run."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem} {_REMEDY}")


class Model:
    """A loaded model. `load_model` makes one."""

    def __init__(
        self,
        folder: Path,
        files: "_Files",
        metadata: dict[str, Any],
        session: onnxruntime.InferenceSession,
    ) -> None:
        self._folder: Final = folder
        self._files: Final = files
        self.version: Final[str] = metadata["version"]
        self.features: Final[tuple[str, ...]] = tuple(metadata["features"])
        self._preparation: Final = Features(self.features, metadata["encodings"])
        self._input: Final[str] = session.get_inputs()[0].name
        self._outputs: Final[list[str]] = [session.get_outputs()[0].name]
        self._run: Final = session.run

    def is_intact(self) -> bool:
        """Whether both files are still, byte for byte, those that this model was loaded from."""
        try:
            return _Files.read(self._folder) == self._files
        except ModelError:
            return False

    def predict(self, houses: "Sequence[House]") -> list[float]:
        """Prices in dollars, rounded to cents: one for each house, in order."""
        if not houses:
            return []
        matrix = self._preparation.matrix(houses)
        log_prices = self._run(self._outputs, {self._input: matrix})[0]
        if len(houses) <= FEW:  # each step of NumPy costs as much as ten houses do here
            return [round(exp(log_price) * 100) / 100 for (log_price,) in log_prices.tolist()]
        prices: list[float] = (np.rint(np.exp(log_prices) * 100) / 100).ravel().tolist()
        return prices


def load_model(folder: Path = ARTEFACT) -> Model:
    """Check the artefact in `folder` and make its session.

    Each of the two files carries the other's checksum. Raises ModelError where one is missing,
    cannot be read, or is not the one that was trained.
    """
    files = _Files.read(folder)
    metadata = _parsed(files.metadata, folder / METADATA)
    found = hashlib.sha256(files.model).hexdigest()
    if found != metadata.get(MODEL_CHECKSUM):
        raise ModelError(
            folder / MODEL, f"its SHA-256 is {found}, not the one that {METADATA} names."
        )
    try:
        session = _session(files.model)
    except Exception as error:  # ONNX Runtime has a class of its own for each way to fail.
        raise ModelError(folder / MODEL, f"ONNX Runtime cannot load it ({error}).") from error
    found = metadata_checksum(metadata)
    if found != session.get_modelmeta().custom_metadata_map.get(METADATA_CHECKSUM):
        raise ModelError(
            folder / METADATA,
            f"the SHA-256 of its entries is {found}, not the one that {MODEL} names.",
        )
    try:
        return Model(folder, files, metadata, session)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(folder / METADATA, f"an entry is missing or wrong ({error!r}).") from error


def metadata_checksum(metadata: Mapping[str, Any]) -> str:
    """The SHA-256 of all entries but the model's own checksum, which cannot be known before it.

    Of the entries, not of the file: other line ends or another indent do not change the model.
    """
    entries = {name: value for name, value in metadata.items() if name != MODEL_CHECKSUM}
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


class _Files(NamedTuple):
    """The bytes of both files."""

    metadata: bytes
    model: bytes

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls(_read(folder / METADATA), _read(folder / MODEL))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(file, f"cannot be read ({error.strerror}).") from error


def _parsed(content: bytes, file: Path) -> dict[str, Any]:
    try:
        metadata = json.loads(content)
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

"""Houses to the model's input: one float32 matrix, column by column as the model was trained.

This runs for every request, so the loops are inside C: `itemgetter` reads a house's columns at
once, `map` looks codes up, `fromiter` fills the matrix. No Python loop over houses.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from math import nan
from operator import itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Encodings = Mapping[str, Mapping[str, float | None]]
"""Column -> code -> its number, or None where the model imputes."""


def _lookup(column: str, codes: Mapping[str, float | None]) -> Callable[[object], float]:
    """From a house's value in a column of codes to its number. Null is NaN, and so imputed."""
    numbers: dict[object, float] = {None: nan}
    for code, number in codes.items():
        numbers[int(code) if column == "MSSubClass" else code] = nan if number is None else number
    return numbers.__getitem__


class Features:
    """The preparation that one trained model needs. Numbers come first, columns of codes after."""

    def __init__(self, names: Sequence[str], encodings: Encodings) -> None:
        numbers = [name for name in names if name not in encodings]
        coded = [name for name in names if name in encodings]
        if [*numbers, *coded] != list(names):
            raise ValueError("The columns with an encoding must stand after all the others.")
        if len(numbers) < 2 or len(coded) < 2:
            raise ValueError("At least two columns of numbers and two of codes are needed.")
        self.names: Final = tuple(names)
        self._split: Final = len(numbers)
        self._numbers: Final[Callable[[Mapping[str, Any]], tuple[Any, ...]]] = itemgetter(*numbers)
        self._codes: Final[Callable[[Mapping[str, Any]], tuple[Any, ...]]] = itemgetter(*coded)
        self._lookups: Final = [_lookup(name, encodings[name]) for name in coded]

    def matrix(self, houses: Sequence[object]) -> NDArray[np.float32]:
        """Houses whose attributes are the 79 columns -> (houses, features); missing is NaN.

        Raises KeyError for a code without an encoding: the schema lets none in.
        """
        rows, split = len(houses), self._split
        columns = list(map(vars, houses))
        matrix = np.empty((rows, len(self.names)), dtype=np.float32)
        numbers = _floats(map(self._numbers, columns), rows * split)
        matrix[:, :split] = numbers.reshape(rows, split)
        # One iterator of codes for each column, each run through that column's own lookup.
        by_column = map(map, self._lookups, zip(*map(self._codes, columns), strict=True))
        coded = _floats(by_column, rows * len(self._lookups))
        matrix[:, split:] = coded.reshape(len(self._lookups), rows).T
        return matrix


def _floats(groups: Iterable[Iterable[Any]], count: int) -> NDArray[np.float32]:
    """Flatten groups of numbers. NumPy reads None as NaN."""
    return np.fromiter(chain.from_iterable(groups), dtype=np.float32, count=count)

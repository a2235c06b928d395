"""Houses to the model's input: one float32 matrix, column by column as the model was trained.

This runs for every request, so the loops are inside C: `itemgetter` reads a house's columns at
once, `map` looks codes up, `fromiter` fills the matrix. No Python loop over houses.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, cycle
from math import nan
from operator import getitem, itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Encodings = Mapping[str, Mapping[str, float | None]]
"""Column -> code -> its number, or None where the model imputes."""


def _lookup(codes: Mapping[str, float | None]) -> dict[str | None, float]:
    """From a house's value in a column of codes to its number. Null is NaN, and so imputed."""
    return {None: nan} | {code: nan if n is None else n for code, n in codes.items()}


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
        self._lookups: Final = [_lookup(encodings[name]) for name in coded]

    def matrix(self, houses: Sequence[object]) -> NDArray[np.float32]:
        """Houses whose attributes are the 79 columns -> (houses, features); missing is NaN.

        Raises KeyError for a code without an encoding: the schema lets none in.
        """
        columns = list(map(vars, houses))
        numbers = chain.from_iterable(map(self._numbers, columns))
        codes = chain.from_iterable(map(self._codes, columns))
        coded = map(getitem, cycle(self._lookups), codes)
        rows, split = len(houses), self._split
        values = np.fromiter(  # NumPy reads None as NaN
            chain(numbers, coded), dtype=np.float32, count=rows * len(self.names)
        )
        left = values[: rows * split].reshape(rows, split)
        right = values[rows * split :].reshape(rows, len(self._lookups))
        return np.concatenate((left, right), axis=1)

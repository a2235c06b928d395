"""Houses to the model's input: one float32 matrix, column by column as the model was trained.

This runs for every request. One house is quickest read as a row, a thousand as columns: the values
of a column are all of one kind, and C code that knows the kind is five times as fast as NumPy,
which has to ask each value what it is.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from math import nan
from operator import itemgetter
from sys import intern
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Encodings = Mapping[str, Mapping[str, float | None]]
"""Column -> code -> its number, or None where the model imputes."""

Column = Sequence[Any]

FEW = 25
"""Up to so many houses, a loop over rows takes less time than one over columns."""


class Features:
    """The preparation that one trained model needs. Numbers come first, columns of codes after."""

    def __init__(self, names: Sequence[str], encodings: Encodings) -> None:
        numbers = [name for name in names if name not in encodings]
        coded = [name for name in names if name in encodings]
        if [*numbers, *coded] != list(names):
            raise ValueError("The columns with an encoding must stand after all the others.")
        if len(names) < 2:
            raise ValueError("At least two columns are needed.")
        self.names: Final = tuple(names)
        self._split: Final = len(numbers)
        self._values: Final[Callable[[Mapping[str, Any]], Column]] = itemgetter(*names)
        self._lookups: Final = [_lookup(encodings[name]) for name in coded]

    def matrix(self, houses: Sequence[object]) -> NDArray[np.float32]:
        """Houses whose attributes are the 79 columns -> (houses, features); missing is NaN.

        Raises KeyError for a code without an encoding: the schema lets none in.
        """
        if len(houses) > FEW:
            return self._by_columns(houses)
        rows = []
        for house in houses:
            values = self._values(house.__dict__)
            codes = values[self._split :]
            numbers = map(dict.__getitem__, self._lookups, codes)
            rows.append([*values[: self._split], *numbers])
        if not rows:
            return np.empty((0, len(self.names)), dtype=np.float32)
        return np.array(rows, dtype=np.float32)  # NumPy reads None as NaN

    def _by_columns(self, houses: Sequence[object]) -> NDArray[np.float32]:
        """Walk through all houses in step: field after field, none is looked up by its name.

        Pydantic lists the fields of every house in the order of the class, whatever was sent.
        """
        matrix = np.empty((len(self.names), len(houses)), dtype=np.float32)
        places = {name: place for place, name in enumerate(self.names)}
        as_array = _ColumnReader(len(houses))
        columns: zip[Column] = zip(*[house.__dict__.values() for house in houses], strict=True)
        for name, column in zip(houses[0].__dict__, columns, strict=True):
            if name not in places:
                continue
            place = places.pop(name)
            if place >= self._split:
                column = itemgetter(*column)(self._lookups[place - self._split])
            matrix[place] = as_array(column)
            if not places:
                return np.ascontiguousarray(matrix.T)
        raise KeyError(*places)


def _lookup(codes: Mapping[str, float | None]) -> dict[str | None, float]:
    """From a house's value in a column of codes to its number. Null is NaN, and so imputed.

    The codes of a validated house are those of the code book, which Python has interned. Interned
    here too, they are the same objects, and found without comparing letters.
    """
    return {None: nan} | {intern(code): nan if n is None else n for code, n in codes.items()}


class _ColumnReader:
    """Columns of one length to arrays. Most hold whole numbers alone or floats alone; None is NaN.

    A format made once takes a column as it is; `struct.pack` would copy it twice.
    """

    def __init__(self, count: int) -> None:
        self._count: Final = count
        self._whole: Final = struct.Struct(f"{count}q")
        self._real: Final = struct.Struct(f"{count}d")

    def __call__(self, column: Column) -> NDArray[Any]:
        try:
            if type(column[0]) is int:
                return np.frombuffer(self._whole.pack(*column), dtype=np.int64)
            return np.frombuffer(self._real.pack(*column), dtype=np.float64)
        except struct.error:
            return np.fromiter(column, dtype=np.float32, count=self._count)

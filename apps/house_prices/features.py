"""Houses to the model's input: one float32 matrix, column by column as the model was trained.

This runs for every request. One house is quickest read as a row, a thousand as columns: the values
of a column are all of one kind, and C code that knows the kind is five times as fast as NumPy,
which has to ask each value what it is.
"""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
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

BLOCK = 500
"""So many houses are read together: more do not fit into a processor's second cache."""


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
        if len(houses) <= FEW:
            return self._by_rows(houses)
        if len(houses) <= BLOCK:
            return self._by_columns(houses)
        starts = range(0, len(houses), BLOCK)
        return np.concatenate([self.matrix(houses[start : start + BLOCK]) for start in starts])

    def _by_rows(self, houses: Sequence[object]) -> NDArray[np.float32]:
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
        """Most columns are whole numbers alone or floats alone: all of a kind are read at once."""
        count = len(houses)
        matrix = np.empty((count, len(self.names)), dtype=np.float32)
        whole, real = struct.Struct(f"{count}q"), struct.Struct(f"{count}d")
        wholes: dict[int, bytes] = {}
        reals: dict[int, bytes] = {}
        for place, column in self._columns(houses):
            try:
                if type(column[0]) is int:
                    wholes[place] = whole.pack(*column)
                else:
                    reals[place] = real.pack(*column)
            except struct.error:  # a house without a value: None becomes NaN
                matrix[:, place] = np.fromiter(column, dtype=np.float32, count=count)
        for packed, kind in ((wholes, np.int64), (reals, np.float64)):
            columns = np.frombuffer(b"".join(packed.values()), dtype=kind).reshape(-1, count)
            matrix[:, [*packed]] = columns.T
        return matrix

    def _columns(self, houses: Sequence[object]) -> Iterator[tuple[int, Column]]:
        """The model's columns, each with its place; codes as numbers.

        All houses are walked through in step: field after field, none is looked up by its name.
        Pydantic lists the fields of every house in the order of the class, whatever was sent, and
        none can be taken out afterwards. A house that was never validated may lack some.
        """
        places = {name: place for place, name in enumerate(self.names)}
        values = [house.__dict__.values() for house in houses]
        if len(set(map(len, values))) > 1:
            raise KeyError("Some houses lack a field.")
        columns: zip[Column] = zip(*values, strict=True)
        for name, column in zip(houses[0].__dict__, columns, strict=True):
            place = places.pop(name, None)
            if place is None:
                continue
            if place >= self._split:
                column = itemgetter(*column)(self._lookups[place - self._split])
            yield place, column
            if not places:
                return
        raise KeyError(*places)


def _lookup(codes: Mapping[str, float | None]) -> dict[str | None, float]:
    """From a house's value in a column of codes to its number. Null is NaN, and so imputed.

    The codes of a validated house are those of the code book, which Python has interned. Interned
    here too, they are the same objects, and found without comparing letters.
    """
    return {None: nan} | {intern(code): nan if n is None else n for code, n in codes.items()}

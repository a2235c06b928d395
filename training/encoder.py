"""Houses to numbers: what the codes of the Ames data become before a model sees them.

A scale ("Ex", "Gd", "TA" ...) becomes a rank: the worst code is 1, each better one 1 more.

A name (a neighbourhood, a kind of zoning) becomes how far its sales lie from the mean of all, in
thousandths of log price. Each name starts with `PRIOR_SALES` imaginary sales at the mean, so one
with few sales is drawn towards it, and one that was never sold lies on it, at 0.

"NA" and "None" (the house has none of it) become missing, as an empty cell does, because files of
these houses write an empty cell for them, and a house must not change its price with the file it is
read from. That it has no basement still shows, in a column of numbers (`TotalBsmtSF` is 0).
"""

from collections.abc import Iterable, Mapping
from typing import Final, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from apps.house_prices.codes import CANONICAL, CODES

ABSENT: Final = ("NA", "None")
PRIOR_SALES: Final = 10
Encoding = Mapping[str, float | None]  # a code -> its number; None where the house has none of it


def in_every_spelling(column: str, numbers: Mapping[str, float]) -> dict[str, float | None]:
    """Give each code of the code book its number; one without sales gets 0, the mean."""
    same = CANONICAL.get(column, {})
    return {
        code: None if code in ABSENT else numbers.get(same.get(code, code), 0.0)
        for code in CODES[column]
    }


def ranks(column: str) -> Encoding:
    """A scale's codes as ranks. The code book lists them from best to worst."""
    codes = [c for c in CODES[column] if c not in ABSENT and c not in CANONICAL.get(column, {})]
    return in_every_spelling(column, {code: float(n) for n, code in enumerate(codes[::-1], 1)})


def price_levels(column: str, values: pd.Series, log_price: ArrayLike) -> Encoding:
    """A name's codes as thousandths of log price above or below the mean of all sales."""
    canonical = values.replace(dict(CANONICAL.get(column, {})))
    logs = np.asarray(log_price, dtype=np.float64)
    groups = pd.Series(logs - logs.mean(), index=values.index).groupby(canonical)
    levels = groups.sum() / (groups.size() + PRIOR_SALES)
    return in_every_spelling(
        column, {str(code): float(round(1000 * level)) for code, level in levels.items()}
    )


class HouseEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A DataFrame of houses -> floats, shape (houses, features); missing stays NaN."""

    def __init__(self, numbers: Iterable[str], scales: Iterable[str], names: Iterable[str]) -> None:
        self.numbers = numbers
        self.scales = scales
        self.names = names

    def fit(self, X: pd.DataFrame, y: ArrayLike) -> Self:  # noqa: N803
        """Learn the names' price levels from these sales alone. `y` is log price."""
        self.features_ = (*self.numbers, *self.scales, *self.names)
        self.encodings_: dict[str, Encoding] = {column: ranks(column) for column in self.scales}
        for column in self.names:
            self.encodings_[column] = price_levels(column, X[column], y)
        return self

    def transform(self, X: pd.DataFrame) -> NDArray[np.float64]:  # noqa: N803
        """Numbers as they are, codes by their encodings."""
        columns = [
            X[column].map(self.encodings_[column]) if column in self.encodings_ else X[column]
            for column in self.features_
        ]
        return np.column_stack([column.to_numpy(dtype=np.float64) for column in columns])

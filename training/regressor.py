"""The regressor: a line first, then a few small trees for what the line misses.

Log price is nearly a straight line in quality, size and age. Trees alone need hundreds of steps to
draw a straight line; a line draws it in one. Left with the rest, a dozen trees do what 300 did.
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, RegressorMixin, TransformerMixin
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

Floats = NDArray[np.float64]


class ClippedCurves(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Cut standardised columns at `limit`, then put their squares beside them: n columns -> 2 n.

    The cut keeps the line from running away with a mansion; the squares let it bend.
    """

    def __init__(self, limit: float = 3.0) -> None:
        self.limit = limit

    def fit(self, X: ArrayLike, y: ArrayLike | None = None) -> Self:  # noqa: ARG002, N803
        """Learn how many columns there are."""
        self.n_features_in_ = np.asarray(X).shape[1]
        return self

    def transform(self, X: ArrayLike) -> Floats:  # noqa: N803
        """(rows, n) -> (rows, 2 n)."""
        cut = np.clip(np.asarray(X, dtype=np.float64), -self.limit, self.limit)
        return np.hstack([cut, cut * cut])


class LineAndTrees(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Ridge regression on clipped curves, plus boosted trees fitted to its residuals."""

    def __init__(
        self,
        trees: int = 12,
        depth: int = 5,
        learning_rate: float = 0.25,
        alpha: float = 10.0,
        random_state: int = 0,
    ) -> None:
        self.trees = trees
        self.depth = depth
        self.learning_rate = learning_rate
        self.alpha = alpha
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:  # noqa: N803
        """Fit the line to (rows, features) and log prices, then the trees to what is left."""
        self.line_: Pipeline = make_pipeline(
            StandardScaler(), ClippedCurves(), Ridge(alpha=self.alpha)
        )
        self.line_.fit(X, y)
        self.trees_ = GradientBoostingRegressor(
            n_estimators=self.trees,
            max_depth=self.depth,
            learning_rate=self.learning_rate,
            min_samples_leaf=3,
            max_features=0.5,
            random_state=self.random_state,
        )
        self.trees_.fit(X, np.asarray(y) - self.line_.predict(X))
        return self

    def predict(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Log prices, one for each row."""
        return np.asarray(self.line_.predict(X) + self.trees_.predict(X))

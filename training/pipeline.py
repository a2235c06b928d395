"""The model on one page: the columns it reads, and the steps from a house to its log price."""

from typing import Final

from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline

from training.encoder import HouseEncoder
from training.regressor import LineAndTrees

NUMBERS: Final = (
    "GrLivArea",
    "OverallQual",
    "OverallCond",
    "YearBuilt",
    "YearRemodAdd",
    "LotArea",
    "TotalBsmtSF",
    "FirstFlrSF",
    "BsmtFinSF1",
    "GarageCars",
    "Fireplaces",
    "FullBath",
    "HalfBath",
    "BsmtFullBath",
    "BedroomAbvGr",
    "KitchenAbvGr",
    "ScreenPorch",
    "WoodDeckSF",
)
SCALES: Final = ("KitchenQual", "BsmtExposure", "Functional", "CentralAir")
NAMES: Final = ("Neighborhood", "Condition1", "SaleCondition")
FEATURES: Final = (*NUMBERS, *SCALES, *NAMES)
"""The model's input, column by column."""


def make_pipeline() -> Pipeline:
    """A fresh pipeline: everything in it that is learned is learned by its own `fit`."""
    return Pipeline(
        [
            ("encoder", HouseEncoder(NUMBERS, SCALES, NAMES)),
            ("imputer", SimpleImputer(strategy="median")),
            ("regressor", LineAndTrees()),
        ]
    )

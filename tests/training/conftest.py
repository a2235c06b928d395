"""What the tests of training share: the sales, and one pipeline fitted to them."""

import pandas as pd
import pytest
from sklearn.pipeline import Pipeline

from training.sales import read_sales
from training.train import fit


@pytest.fixture(scope="session")
def sales() -> pd.DataFrame:
    return read_sales()


@pytest.fixture(scope="session")
def pipeline(sales: pd.DataFrame) -> Pipeline:
    return fit(sales)

"""Write what the web page draws the sales from: apps/house_prices/page/sales.json.

    python -m training.picture

The page is told how many sales there are, when they were, how many fall into each bin of price,
and the percentiles: the sales themselves stay here.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from training.sales import read_sales

SALES_JSON: Final = Path(__file__).parents[1] / "apps" / "house_prices" / "page" / "sales.json"
BIN_DOLLARS: Final = 10_000


def picture(sales: pd.DataFrame) -> dict[str, Any]:
    """The numbers of the picture; prices in dollars.

    `counts[i]` sales cost at least `i * bin_dollars` and less than the next bin does.
    `percentiles[k - 1]` is the price of a real sale: at least k of 100 sales cost as much or less.
    """
    price = sales["SalePrice"].to_numpy()
    percentiles = np.percentile(price, range(1, 100), method="inverted_cdf")
    return {
        "sales": len(sales),
        "first_year": int(sales["YrSold"].min()),
        "last_year": int(sales["YrSold"].max()),
        "bin_dollars": BIN_DOLLARS,
        "counts": np.bincount(price // BIN_DOLLARS).tolist(),
        "percentiles": percentiles.tolist(),
    }


def main() -> int:
    """Write the file."""
    content = json.dumps(picture(read_sales()), separators=(",", ":"))
    SALES_JSON.write_text(content + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

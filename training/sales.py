"""The Ames house sales as committed. Read them here alone, so that every reader checks them."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

SALES: Final = Path(__file__).parent / "data" / "ames.csv.gz"
SHA256: Final = "c4e06d580fe5b2f73fe8669bea1cb176adce7af13492bd254b78745e867f846e"
"""Of the CSV inside the compressed file: how small it is packed depends on the packer."""


class SalesError(RuntimeError):
    """The committed sales are missing or changed. The message says what to run."""


def sales_csv(path: Path = SALES) -> bytes:
    """The checked CSV: a header line, then a line for each sale in the data set's own order.

    Raises SalesError where the file is missing, is not gzip, or does not hold the known sales.
    """
    remedy = f"Run `git checkout {SALES.relative_to(SALES.parents[2])}` to get the sales back."
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise SalesError(f"{path} cannot be read: {error}. {remedy}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise SalesError(f"{path} holds other sales: SHA-256 {found}, not {SHA256}. {remedy}")
    return content


def read_sales(path: Path = SALES) -> pd.DataFrame:
    """2,930 sales of 82 columns: Order, PID, SalePrice (dollars) and the course's 79.

    An empty cell is missing (NaN): "NA" and "None" would be codes. Raises SalesError.
    """
    import pandas as pd  # whoever wants the CSV alone, as the listing service does, need not wait

    return pd.read_csv(io.BytesIO(sales_csv(path)), keep_default_na=False, na_values=[""])

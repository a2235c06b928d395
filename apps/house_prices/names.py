"""The nearest known name of a column, for a client that sent an unknown one."""

from difflib import get_close_matches
from typing import Final

from apps.house_prices.house import House

# Longer than any name that could be a slip; comparing it would only cost time.
_LONGEST: Final = 40
# From 0 to 1. Below this, a guess misleads more than it helps: SalePrice is not SaleType.
_ALIKE: Final = 0.73


def nearest_name(unknown: str) -> str | None:
    """The name of a column of `House` that `unknown` most probably stands for, or None.

    Case, underscores, points and blanks do not count: `gr_liv_area` stands for GrLivArea.
    """
    if len(unknown) > _LONGEST:
        return None
    matches = get_close_matches(_bare(unknown), _NAMES, n=1, cutoff=_ALIKE)
    return _NAMES[matches[0]] if matches else None


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


_NAMES: Final = {_bare(name): name for name in House.model_fields} | {
    # Kaggle's tables: Python names cannot begin with a digit, so the course renamed these.
    "1stflrsf": "FirstFlrSF",
    "2ndflrsf": "SecondFlrSF",
    "3ssnporch": "ThreeSsnPortch",
    # Kaggle's description, which shortens what its tables spell out.
    "bedroom": "BedroomAbvGr",
    "kitchen": "KitchenAbvGr",
}

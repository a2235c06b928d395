"""The numbers of a case as one flat list: "load.requests", "paas.price", "common.salary" ...

Everything is computed from such a list. Its values are numbers, or arrays of numbers where a whole
curve or many draws are computed at once: the same formulas, so the same results.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from lab.decide.case import Case, make_case
from lab.decide.quantities import Quantity

Floats = NDArray[np.float64]
Number = float | Floats
Values = Mapping[str, Number]

# What is cheaper when it is more.
CHEAPER_WHEN_MORE: Final = frozenset(
    {"utilisation", "life", "vcpus", "memory", "hours", "concurrency"}
)


def figures(case: Case) -> dict[str, Quantity]:
    """Return every figure of a case that is known, by name, in the unit that is computed with."""
    found = {"horizon": case.horizon, "utilisation": case.utilisation}
    found |= _of(case.load, "load")
    found |= _of(case.common, "common")
    for option in case.options:
        found |= _of(case.option[option], option)
    return found


def _of(part: BaseModel, prefix: str) -> dict[str, Quantity]:
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return {f"{prefix}.{name}": one for name, one in fields.items() if isinstance(one, Quantity)}


def middle(case: Case) -> dict[str, Number]:
    """Return the middle of each figure."""
    return _values(case, {name: one.middle for name, one in figures(case).items()})


def cheapest(case: Case) -> dict[str, Number]:
    """Return each figure at the end of its range that costs less."""
    return _values(
        case, {n: one.high if _falls(n) else one.low for n, one in figures(case).items()}
    )


def dearest(case: Case) -> dict[str, Number]:
    """Return each figure at the end of its range that costs more."""
    return _values(
        case, {n: one.low if _falls(n) else one.high for n, one in figures(case).items()}
    )


def draws(case: Case, count: int, rng: np.random.Generator) -> dict[str, Number]:
    """Return each figure drawn so many times, evenly from its range; exact ones stay one number."""
    drawn: dict[str, Number] = {
        name: one.low if one.exact else rng.uniform(one.low, one.high, count)
        for name, one in figures(case).items()
    }
    return _values(case, drawn)


def _falls(name: str) -> bool:
    # Of `load.memory` more is dearer; of an instance's memory more is cheaper.
    return name.rpartition(".")[2] in CHEAPER_WHEN_MORE and name != "load.memory"


def _values(case: Case, values: Mapping[str, Number]) -> dict[str, Number]:
    """Turn what is in euros into dollars. A price in euros is not known where no euro is."""
    euro = values.get("common.euro")
    turned = dict(values)
    for name, one in figures(case).items():
        if not one.unit.startswith("EUR"):
            continue
        if euro is None:
            del turned[name]
        else:
            turned[name] = values[name] * euro
    return turned


def with_figures(case: Case, changes: Mapping[str, object]) -> Case:
    """Return the case with some figures changed: {"load.requests": 1e6, "iaas.staff": "9 h/month"}.

    Raises:
        CaseError: when there is no such figure, or it cannot be that.
    """
    fields = case.model_dump(exclude_none=True)
    for name, value in changes.items():
        _put(fields, name, value)
    return make_case(fields, "The changed case")


def _put(fields: dict[str, Any], name: str, value: object) -> None:
    path = name.split(".")
    if path[0] in fields.get("option", {}):
        path = ["option", *path]
    place: Any = fields
    for part in path[:-1]:
        place = place.setdefault(part, {}) if isinstance(place, dict) else {}
    place[path[-1]] = value

"""The numbers of a case as one flat list: "load.requests", "paas.price", "common.salary" ...

Everything is computed from such a list. Its values are numbers, or arrays of numbers where a whole
curve or many draws are computed at once: the same formulas, so the same results.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from lab.decide.case import Case
from lab.decide.offers import OPTIONS
from lab.decide.quantities import Quantity
from lab.decide.reading import make_case
from lab.decide.refusal import CaseError

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
    for name, criterion in case.criteria.items():
        if criterion.budget is not None:
            found[budget_name(name)] = criterion.budget
    return found


def budget_name(criterion: str) -> str:
    """Return the name of the figure that says which cost gets no points."""
    return f"criteria.{criterion}.budget"


def _of(part: BaseModel, prefix: str) -> dict[str, Quantity]:
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return {f"{prefix}.{name}": one for name, one in fields.items() if isinstance(one, Quantity)}


def middle(case: Case) -> dict[str, Number]:
    """Return the middle of each figure."""
    return _values(case, {name: one.middle for name, one in figures(case).items()})


def middle_with(case: Case, figure: str, times: Number) -> dict[str, Number]:
    """Return the middle of each figure, with one of them so many times its own.

    Where that one is the euro, what is priced in euros moves with it.
    """
    middles: dict[str, Number] = {name: one.middle for name, one in figures(case).items()}
    return _values(case, {**middles, figure: middles[figure] * times})


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

    Weights can be changed, too: {"criteria.cost.weight": 40}. A bare number is in the unit that the
    figure has.

    Raises:
        CaseError: when there is no such figure, or it cannot be that.
    """
    fields = case.model_dump(exclude_none=True)
    for name, value in changes.items():
        _put(fields, name, value)
    return make_case(fields, "The changed case")


def _put(fields: dict[str, Any], name: str, value: object) -> None:
    path = name.removeprefix("option.").split(".")
    if path[0] in OPTIONS and path[0] not in fields["option"]:
        raise CaseError(
            f"{name}: {path[0]} is no option of the case. Its options are "
            f"{', '.join(fields['option'])}."
        )
    if path[0] in OPTIONS:
        path = ["option", *path]
    if path[-1] == "offer":
        # The figures of the offer before would stay.
        raise CaseError(f"{name}: another offer is another case. Change it in the case's file.")
    place: Any = fields
    for part in path[:-1]:
        place = place.get(part)
        if not isinstance(place, dict) or "low" in place:
            raise CaseError(f"{name}: the case has no such figure.")
    place[path[-1]] = _in_its_unit(value, place.get(path[-1]))


def _in_its_unit(value: object, before: object) -> object:
    """Return a bare number with the unit that the figure has: a price in euros stays one."""
    if not isinstance(before, dict) or not before.get("unit"):
        return value
    try:
        read = Quantity.model_validate(value)
    except ValidationError:
        return value  # the case says what is wrong with it
    return value if read.unit else read.model_copy(update={"unit": before["unit"]}).model_dump()

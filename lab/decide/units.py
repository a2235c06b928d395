"""Units of what a decision counts: time, data, requests, money, power, and what is made of them.

A month has 30 days and a year 12 months, as in simple bookkeeping, so that everything can be worked
out by hand: a month is 720 hours or 2,592,000 seconds.
"""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import Final

SECONDS_A_MONTH: Final = 30 * 24 * 3600
MONTHS_A_YEAR: Final = 12

# For each unit: how many of its base unit it is, and what it is made of.
UNITS: Final[dict[str, tuple[float, dict[str, int]]]] = {
    "ms": (1e-3, {"time": 1}),
    "s": (1.0, {"time": 1}),
    "min": (60.0, {"time": 1}),
    "h": (3600.0, {"time": 1}),
    "day": (86_400.0, {"time": 1}),
    "month": (SECONDS_A_MONTH, {"time": 1}),
    "year": (MONTHS_A_YEAR * SECONDS_A_MONTH, {"time": 1}),
    "B": (1.0, {"data": 1}),
    "kB": (1e3, {"data": 1}),
    "MB": (1e6, {"data": 1}),
    "GB": (1e9, {"data": 1}),
    "TB": (1e12, {"data": 1}),
    "KiB": (2.0**10, {"data": 1}),
    "MiB": (2.0**20, {"data": 1}),
    "GiB": (2.0**30, {"data": 1}),
    "request": (1.0, {"requests": 1}),
    "requests": (1.0, {"requests": 1}),
    "thousand requests": (1e3, {"requests": 1}),
    "million requests": (1e6, {"requests": 1}),
    "USD": (1.0, {"USD": 1}),
    "EUR": (1.0, {"EUR": 1}),
    "W": (1.0, {"power": 1}),
    "kW": (1e3, {"power": 1}),
    "kWh": (3.6e6, {"power": 1, "time": 1}),
    "vCPU": (1.0, {"vCPU": 1}),
    "U": (1.0, {"U": 1}),
    "%": (0.01, {}),
    "": (1.0, {}),
}

Dimensions = tuple[tuple[str, int], ...]


class UnitError(ValueError):
    """A unit that is not known, or that measures something else."""


def parts_of(unit: str) -> tuple[float, Dimensions]:
    """Return how many base units a unit such as "USD/GiB/s" is, and what it measures.

    Raises:
        UnitError: when a part of it is not known.
    """
    factor, powers = 1.0, Counter[str]()
    for place, part in enumerate(unit.split("/")):
        name = part.strip()
        if name not in UNITS or (place and not name):
            raise UnitError(f"the unit {name!r} is not known.{_nearest(name)}")
        one, dimensions = UNITS[name]
        sign = -1 if place else 1
        factor *= one**sign
        for dimension, power in dimensions.items():
            powers[dimension] += sign * power
    return factor, tuple(sorted((name, power) for name, power in powers.items() if power))


def convert(value: float, unit: str, to: str) -> float:
    """Return a value in another unit of the same kind.

    Raises:
        UnitError: when one of the units is not known, or they measure different things.
    """
    factor, dimensions = parts_of(unit)
    wanted, wanted_dimensions = parts_of(to)
    if dimensions != wanted_dimensions:
        into = repr(to) if to else "a plain number"
        raise UnitError(f"the unit {unit!r} cannot be turned into {into}: {_told(unit)}.")
    return value if unit == to else value * factor / wanted


def _told(unit: str) -> str:
    _, dimensions = parts_of(unit)
    if not dimensions:
        return "it is a plain number"
    return f"it measures {' and '.join(_power(*one) for one in dimensions)}"


def _power(name: str, power: int) -> str:
    if power == 1:
        return name
    return f"per {name}" if power == -1 else f"{name} to the power {power}"


def _nearest(name: str) -> str:
    # "sec", "hour" and "hours" are near to nothing by their letters.
    usual = {"sec": "s", "second": "s", "hour": "h", "hr": "h", "minute": "min", "Gb": "GB"}
    guess = usual.get(name) or usual.get(name.removesuffix("s"))
    found = [guess] if guess else get_close_matches(name, [one for one in UNITS if one], 1)
    if not found:
        found = [one for one in UNITS if one and one.lower() == name.lower().removesuffix("s")]
    known = ", ".join(one for one in UNITS if one)
    return f" Did you mean {found[0]!r}?" if found else f" Known are {known}."

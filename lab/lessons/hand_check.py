"""A house checked by hand, in plain Python: what a schema is compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping

HIGHEST = 2_000_000

Facts = Mapping[str, object]
Codes = Mapping[str, Collection[str]]


def checked_by_hand(facts: Facts, numbers: Collection[str], codes: Codes) -> Facts:
    """Return the facts when the numbers are numbers in bounds, the codes known, and no more there.

    Raises ValueError with the first that is wrong, KeyError for a fact that is missing.
    """
    for name in numbers:
        value = facts[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{name}: no number")
        if not 0 <= value <= HIGHEST:
            raise ValueError(f"{name}: not from 0 to {HIGHEST:,}")
    for name, known in codes.items():
        if facts[name] not in known:
            raise ValueError(f"{name}: none of the codes")
    if len(facts) != len(numbers) + len(codes):
        raise ValueError("an unknown name")
    return facts

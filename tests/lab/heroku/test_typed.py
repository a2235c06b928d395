"""What JSON or TOML has becomes a dataclass, or an error that says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from lab.heroku.typed import MalformedError, made


@dataclass(frozen=True)
class Room:
    """A part."""

    name: str
    square_metres: float


@dataclass(frozen=True)
class House:
    """A whole of all that there may be."""

    rooms: tuple[Room, ...]
    built: date
    listed: datetime
    plan: Path
    sold: bool = False
    garage: Literal["attached", "detached"] | None = None


HOUSE: dict[str, Any] = {
    "rooms": [{"name": "kitchen", "square_metres": 12}],
    "built": date(1961, 5, 1),
    "listed": "2026-11-26T06:00:00+00:00",
    "plan": "plans/1.svg",
    "garage": "attached",
}


def test_a_table_becomes_a_dataclass() -> None:
    """Whatever it has may be of dataclasses too."""
    there = House(
        rooms=(Room("kitchen", 12.0),),
        built=date(1961, 5, 1),
        listed=datetime(2026, 11, 26, 6, tzinfo=UTC),
        plan=Path("plans/1.svg"),
        garage="attached",
    )
    assert made(House, HOUSE) == there
    assert made(list[House], [HOUSE, HOUSE]) == [there, there]
    assert made(dict[str, int], {"web": 2}) == {"web": 2}
    assert made(House, HOUSE | {"garage": None}).garage is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"price": 1}, "House has no price"),
        ({"rooms": [{"name": "kitchen"}]}, "square_metres"),
        ({"rooms": {"name": "kitchen"}}, "is no tuple"),
        ({"rooms": ["kitchen"]}, "'kitchen' is no Room"),
        ({"built": "1961"}, "'1961' is no date"),
        ({"listed": "today"}, "today"),
        ({"plan": 1}, "1 is no Path"),
        ({"sold": 1}, "1 is no bool"),
        ({"garage": "none"}, "'none' is no"),
    ],
)
def test_what_is_of_another_type_is_named(change: dict[str, Any], words: str) -> None:
    """Nothing is converted that is not written so in the file."""
    with pytest.raises(ValueError, match=words):
        made(House, HOUSE | change)
    with pytest.raises(MalformedError):
        made(House, [])

"""The plumbing of lesson 03: each reader says what it made of a value, or that it refuses."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from lab.lessons.hand_check import checked_by_hand
from lab.lessons.readers import by_int, by_schema

NUMBERS, CODES = ["area"], {"kitchen": {"Gd", "TA"}}
GOOD = {"area": 900.5, "kitchen": "Gd"}


class Year(BaseModel):
    built: int


@pytest.mark.parametrize(
    ("text", "python", "schema"),
    [
        ("1998", "1998", "1998"),
        ("1998.5", "1998", "refused"),
        ('"old"', "refused", "refused"),
        ("null", "refused", "refused"),
    ],
)
def test_each_reader_says_what_it_made(text: str, python: str, schema: str) -> None:
    assert by_int(text) == python
    assert by_schema(Year, text) == schema


def test_a_good_house_passes_the_check_by_hand() -> None:
    assert checked_by_hand(GOOD, NUMBERS, CODES) == GOOD


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"area": True}, "area: no number"),
        ({"area": "900"}, "area: no number"),
        ({"area": -1}, "area: not from 0 to 2,000,000"),
        ({"kitchen": "gd"}, "kitchen: none of the codes"),
        ({"pool": 1}, "an unknown name"),
    ],
)
def test_the_check_by_hand_says_what_is_wrong(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        checked_by_hand({**GOOD, **change}, NUMBERS, CODES)

"""The form of the JavaScript clients asks for what the contract requires, in its terms."""

from __future__ import annotations

import json
import re
from typing import Any

from apps.house_prices.contract import OPENAPI_FILE
from apps.house_prices.house import House
from tests.clients.conftest import CLIENTS

FORM: list[dict[str, Any]] = json.loads((CLIENTS / "shared" / "form.json").read_text("utf-8"))
SCHEMA = json.loads(OPENAPI_FILE.read_text("utf-8"))["components"]["schemas"]["House"]


def test_it_asks_for_every_required_column() -> None:
    assert [field["name"] for field in FORM] == SCHEMA["required"]


def test_it_starts_with_a_house_that_the_api_takes() -> None:
    house = House.model_validate({field["name"]: field["value"] for field in FORM})
    assert house.Neighborhood == "NAmes"


def test_the_help_gives_the_ranges() -> None:
    for field in FORM:
        column = SCHEMA["properties"][field["name"]]
        if "choices" not in field:
            found = [
                float(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", field["help"])
            ]
            assert found == [column["minimum"], column["maximum"]], field["name"]


def test_it_offers_every_part_of_the_town_once() -> None:
    (field,) = (field for field in FORM if "choices" in field)
    meanings = SCHEMA["properties"][field["name"]]["x-meanings"]
    offered = {choice["code"]: choice["meaning"].lower() for choice in field["choices"]}
    assert offered.items() <= {code: text.lower() for code, text in meanings.items()}.items()
    assert sorted(offered.values()) == sorted({text.lower() for text in meanings.values()})

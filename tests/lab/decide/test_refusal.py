"""A case that cannot be decided is refused with the field, the reason and an example."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from lab.decide import CaseError, load_case, make_case, with_figures
from tests.lab.decide.sample import FIELDS, case

GONE = object()


def changed(path: str, value: object) -> Mapping[str, Any]:
    """Return the sample with one field changed, or taken out."""
    fields: dict[str, Any] = deepcopy(FIELDS)
    *way, last = path.split(".")
    place = fields
    for part in way:
        place = place[part]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return fields


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("horizon", GONE, 'horizon: this field is missing.\n  For example: horizon = "3 year"'),
        ("load.requests", GONE, "load.requests: this field is missing."),
        ("option.iaas.staff", GONE, 'staff: this field is missing.\n  For example: staff = "2'),
        ("option.iaas.price", "-5 USD/month", "option.iaas.price: -5 USD/month is negative."),
        ("option.iaas.price", "5 USD/fortnight", "the unit 'fortnight' is not known."),
        ("option.iaas.price", "5 GB", "the unit 'GB' cannot be turned into 'USD/month'"),
        ("option.iaas.price", "cheap", "'cheap' is not a number with a unit."),
        ("option.iaas.price", {"unit": "USD/month"}, "price.low: this field is missing"),
        ("option.iaas.prize", "5 USD/month", "Did you mean 'price'?\n  For example: price ="),
        ("option.kubernetes", {"staff": 1}, "option.kubernetes: this option is not known."),
        ("option.iaas.offer", "ec2", "option.iaas.offer: 'ec2' is not in the price list."),
        ("option.iaas.billing", "gold", "'gold' is not one of 'own', 'instance'"),
        ("option.iaas.vcpus", 0, "option.iaas.vcpus: 0 is not more than 0 vCPU."),
        ("option.iaas.memory", "100 MB", "option.iaas.memory: an instance has 100 MB"),
        ("load.idle", 1, "load.idle: 1 is not less than 1."),
        ("load.peak", 0.5, "load.peak: 0.5 is less than 1."),
        ("load.months", [1, 2], "load.months: a year has 12 months, and 2 are given."),
        ("load", 5, "load: 5 does not do"),
        ("criteria.cost.weight", -1, "criteria.cost: the weight -1 is negative."),
        ("criteria.control.scores", {"iaas": 11}, "the score of iaas, 11, is not from 0 to 10."),
        ("criteria.control.scores", {"iaas": 1}, "control has no score for on-premises"),
        ("criteria.control.scores", {"moon": 1}, "this option is not known"),
        ("criteria.cost.budget", GONE, "a criterion has either scores or a budget."),
        ("facts", [{"id": "a", "text": "b", "criteria": ["x"]}], "the fact a bears on x"),
        ("weights_vary", 3, "weights_vary: 3 does not do"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_own_message(path: str, value: object, told: str) -> None:
    with pytest.raises(CaseError) as error:
        make_case(changed(path, value))
    message = str(error.value)
    assert told in message
    assert "pydantic" not in message
    assert "validation" not in message


def test_all_mistakes_are_told_at_once() -> None:
    fields = {**changed("horizon", GONE), "title": 5}
    with pytest.raises(CaseError, match="2 things to mend") as error:
        make_case(fields)
    assert "title: 5 does not do" in str(error.value)


def test_a_file_that_is_no_toml_and_one_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with pytest.raises(CaseError, match="cannot be read: No such file"):
        load_case(file)
    for content in (b"title = ", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(CaseError, match="is not TOML"):
            load_case(str(file))
        assert file.read_bytes() == content


def test_an_unknown_name_is_told_what_there_is() -> None:
    with pytest.raises(CaseError, match="Written cases are bank, demo, hospital"):
        load_case("moon")


@pytest.mark.parametrize("name", ["nothing", "iaas.nothing", "load.idle.deep", "moon.price"])
def test_a_figure_that_is_not_there_cannot_be_changed(name: str) -> None:
    with pytest.raises(CaseError):
        with_figures(case(), {name: 1})

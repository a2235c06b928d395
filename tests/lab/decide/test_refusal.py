"""A case that cannot be decided is refused with the field, the reason and an example."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from lab.decide import CaseError, figures, load_case, make_case, with_figures
from lab.decide.reading import CASES
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
        ("option.iaas.offer", "ec2", "option.iaas.offer: 'ec2' is not in the price list of this"),
        ("option.iaas.offer", "heroku-basic", "Known are ec2-m7g-large, hetzner-cx23, fly-"),
        ("option.iaas.billing", "gold", "'gold' is not one of 'own', 'instance'"),
        ("option.iaas.vcpus", 0, "option.iaas.vcpus: 0 is not more than 0 vCPU."),
        ("option.iaas.memory", "100 MB", "option.iaas.memory: an instance has 100 MB"),
        ("load.idle", 1, "load.idle: 1 is not less than 1."),
        ("load.peak", 0.5, "load.peak: 0.5 is less than 1."),
        ("load.months", [1, 2], "load.months: a year has 12 months, and 2 are given."),
        ("load", 5, "load: 5 does not do"),
        ("criteria.cost.weight", -1, "criteria.cost.weight: the weight -1 is negative.\n  For"),
        ("criteria.control.scores", {"iaas": 11}, "the score of iaas, 11, is not from 0 to 10."),
        ("criteria.control.scores", {"iaas": 1}, "control has no score for on-premises"),
        ("criteria.control.scores", {"moon": 1}, "this option is not known"),
        ("criteria.cost.budget", GONE, "a criterion has either scores or a budget."),
        ("facts", [{"id": "a", "text": "b", "criteria": ["x"]}], "the fact a bears on x"),
        ("weights_vary", 3, "weights_vary: 3 does not do"),
        ("criteria.cost.weight", "30 %", "30 % has a unit, and a weight has none."),
        ("criteria.cost.title", "Control", "two criteria have the title 'Control'."),
        ("criteria.control.scores", {"iaas": 1}, "For example: scores ="),
        ("criteria", {"a.b": FIELDS["criteria"]["cost"]}, "a name has letters, digits"),
        ("criteria.cost.budget", "90 EUR/month", "criteria.cost.budget: 90 EUR/month is in euros"),
        ("common.salary", "90 EUR/year", "common.salary: 90 EUR/year is in euros"),
        ("common.euro", "1.1 USD/EUR", "'USD/EUR' cannot be turned into a plain number"),
        ("facts", [{"id": "a", "text": "b"}] * 2, "two facts have the id 'a'."),
        ("facts", [{"id": "a", "text": ""}], "facts.0.text: it is empty."),
        ("title", "", "title: it is empty."),
        ("horizon", "1 to 5 year", "horizon: 1 to 5 year is a range, where one value is wanted."),
        ("load.idle", [0.9], "load.idle: [0.9] is neither a number nor a text"),
        ("load.idle", float("nan"), "load.idle: a number must be finite."),
        ("load.months", [float("nan"), *[1] * 11], "load.months: a month has from 0 to a million"),
        ("load.months", 5, "load.months: 5 does not do: a list is wanted."),
        ("load.months", [True, *[1] * 11], "load.months.0: true and false are not numbers."),
        ("criteria.control.scores", {"iaas": True}, "scores.iaas: true and false are not numbers."),
        ("weights_vary", True, "weights_vary: true and false are not numbers."),
        ("load.requests", "2 million", "Did you mean 'million requests'?\n  For example:"),
        ("load.peak", {"value": True}, "load.peak: true and false are not numbers."),
        ("load.compute", "2,5 ms", "load.compute: '2,5 ms' is not a number with a unit."),
        ("load.compute", {"value": "2 s", "unit": "ms"}, "it has two units, 's' and 'ms'."),
        ("load.compute", "10 to 2 ms", "its low, 10, is above its high, 2."),
        ("load.requests", 10**400, "the number is too large to reckon with."),
        ("load.requests", 1e300, "1e+300 is too large to reckon with."),
        ("load.requests", 1e-300, "1e-300 is too small to reckon with."),
        ("utilisation", 0, "utilisation: 0 is not more than 0."),
        ("option.serverless.vcpus", "1 to 2 vCPU", "what is billed by use has one size."),
        ("option.iaas.switched_off", "perhaps", "'perhaps' does not do: true or false is wanted."),
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
    for content, told in (
        (b"title = ", "is not TOML"),
        (b"title = 1\ntitle = 2", "is not TOML: Cannot overwrite"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"a = " + b"[" * 20_000, "lie too deep"),
        (b"", "title: this field is missing"),
    ):
        file.write_bytes(content)
        with pytest.raises(CaseError, match=told):
            load_case(str(file))
        assert file.read_bytes() == content
    with pytest.raises(CaseError, match="cannot be read: Is a directory"):
        load_case(tmp_path)


def test_a_mark_before_the_first_letter_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xef\xbb\xbf" + (CASES / "demo.toml").read_bytes())
    assert load_case(file).title == load_case("demo").title


def test_an_unknown_name_is_told_what_there_is() -> None:
    with pytest.raises(CaseError, match="Written cases are bank, demo, hospital"):
        load_case("moon")


@pytest.mark.parametrize(
    "name",
    ["nothing", "iaas.nothing", "load.idle.deep", "load.requests.low", "moon.price", "iaas.offer"],
)
def test_a_figure_that_is_not_there_cannot_be_changed(name: str) -> None:
    with pytest.raises(CaseError, match=name.rpartition(".")[2]):
        with_figures(case(), {name: 1})


def test_a_figure_of_an_option_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(CaseError, match=r"saas is no option of the case. Its options are iaas"):
        with_figures(load_case("demo"), {"saas.price": 5})


def test_idle_time_in_which_servers_are_off_is_one_value() -> None:
    with pytest.raises(CaseError, match=r"load\.idle: 0\.1 to 0\.5 is a range"):
        case({"load.idle": "0.1 to 0.5", "iaas.switched_off": True})


def test_a_figure_may_be_taken_from_another_case() -> None:
    price = figures(load_case("shop"))["paas.price"]
    assert figures(with_figures(case(), {"paas.price": price}))["paas.price"] == price


def test_a_bare_number_stays_in_the_unit_of_the_figure() -> None:
    for value, wanted in ((5, "5 EUR/month"), ("5", "5 EUR/month"), ("5 USD/month", "5 USD/month")):
        changed = with_figures(load_case("demo"), {"iaas.price": value})
        assert str(figures(changed)["iaas.price"]) == wanted

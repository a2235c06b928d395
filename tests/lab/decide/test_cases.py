"""The six written cases, the price list and what is known of the options hold together."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lab.decide import (
    bills,
    case_names,
    compare,
    curves,
    figures,
    known,
    load_case,
    make_case,
    middle,
    prices,
)
from lab.decide.offers import OPTIONS
from tests.lab.decide.sample import FIELDS

NAMES = ("bank", "demo", "hospital", "public", "shop", "startup")


def test_there_are_six() -> None:
    assert tuple(case_names()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_facts_traps_and_a_winner(name: str) -> None:
    case = load_case(name)
    assert case.name == name
    assert len(case.facts) >= 4
    assert len(case.traps) >= 3
    assert compare(case).winner in case.options
    # Every criterion is borne on by a fact: it can be argued from the text.
    assert {one for fact in case.facts for one in fact.criteria} == set(case.criteria)
    assert len({fact.id for fact in case.facts}) == len(case.facts)


@pytest.mark.parametrize("name", NAMES)
def test_only_a_missing_price_of_a_finished_service_leaves_a_cost_unknown(name: str) -> None:
    case = load_case(name)
    found = bills(case, middle(case))
    assert {option for option, one in found.items() if not one.known} <= {"saas"}


def test_the_hospital_rules_out_by_a_fact_what_has_more_points() -> None:
    case = load_case("hospital")
    assert set(case.ruled_out()) == {"iaas", "paas"}
    free = case.model_copy(update={"facts": ()})
    assert compare(case).winner == "on-premises"
    assert compare(free).winner != "on-premises"


def test_the_public_service_leaves_out_what_has_no_price() -> None:
    assert set(compare(load_case("public")).left_out) == {"saas"}


def test_bills_of_two_cases_worked_by_hand_from_the_price_list() -> None:
    # The start-up's container: 1.55 million requests, each 6 ms and so billed for 100 ms, are
    # 155,000 s. 0.000024 for a vCPU; 200 MB are 0.186265 GiB, * 0.0000025 = 0.00000046566.
    # 155,000 * 0.00002446566 = 3.79218; 1.55 * 0.40 = 0.62. An hour is 160,000 / 2,080 = 76.9231:
    # 4 of them each month, and 28 once over 18 months.
    start_up = load_case("startup")
    container = bills(start_up, middle(start_up))["serverless"].lines
    assert container["servers"] == pytest.approx(3.79218 + 0.62, abs=1e-4)
    assert container["work"] == pytest.approx(4 * 76.9231, abs=1e-3)
    assert container["setting up"] == pytest.approx(28 * 76.9231 / 18, abs=1e-3)
    # Two dynos at 25 dollars; two machines at 0.0816 dollars an hour for 720 hours.
    assert bills(start_up, middle(start_up))["paas"].lines["servers"] == pytest.approx(50)
    assert bills(start_up, middle(start_up))["iaas"].lines["servers"] == pytest.approx(117.504)
    # The county's own servers: two of 6,500 dollars, bought in years 1, 5 and 9, over 120 months.
    # 550 W * 1.6 * 720 h * 0.25 a kWh, for two. Two Hetzner machines at 4.11 euros of 1.125.
    county = load_case("public")
    found = bills(county, middle(county))
    assert found["on-premises"].lines["servers"] == pytest.approx(2 * 6500 * 3 / 120)
    assert found["on-premises"].lines["electricity"] == pytest.approx(2 * 0.55 * 1.6 * 720 * 0.25)
    assert found["iaas"].lines["servers"] == pytest.approx(2 * 4.11 * 1.125)


@pytest.mark.parametrize("name", NAMES)
def test_in_no_case_does_more_load_cost_less_or_the_middle_leave_its_range(name: str) -> None:
    for curve in curves(load_case(name)).values():
        assert np.all(np.diff(curve.middle) >= -1e-9)
        assert np.all(curve.low <= curve.middle * (1 + 1e-12))
        assert np.all(curve.middle <= curve.high * (1 + 1e-12))


def test_every_price_has_a_source_a_date_and_a_confidence() -> None:
    for offer in prices().offer:
        assert offer.source
        assert re.fullmatch(r"20\d\d(-\d\d){0,2}", offer.date)
        assert offer.confidence in {"B", "C"}
    assert {one.name for one in prices().unknown} >= {"Google Compute Engine", "Microsoft Azure"}


def test_an_offer_of_which_only_a_part_is_priced_has_no_cost() -> None:
    # Fargate bills its memory on top of the processor, and no price of it was found.
    bare = {name: one for name, one in FIELDS["option"].items() if name != "serverless"}
    option = {**bare, "serverless": {"offer": "fargate", "staff": 1}}
    unpriced = make_case({**FIELDS, "option": option})
    assert bills(unpriced, middle(unpriced))["serverless"].unknown == ("serverless.price",)


def test_a_case_may_change_a_price() -> None:
    case = load_case("startup")
    assert figures(case)["paas.price"].middle == 25
    assert figures(case)["paas.price"].date == "2026-05"
    assert figures(case)["paas.price"].confidence == "C"
    assert figures(case)["paas.price"].source.startswith("Heroku")


def test_every_option_has_every_layer_and_something_for_and_against_it() -> None:
    facts = known()
    for option in OPTIONS:
        assert list(facts.runs[option]) == list(facts.layers)
        assert {one.side for one in facts.statements(option)} == {"pro", "con"}
    for one in facts.statement:
        assert one.measure
        assert one.here


def test_who_runs_less_of_it_the_further_right() -> None:
    rank = {"you": 2, "shared": 1, "provider": 0}
    facts = known()
    for layer in facts.layers:
        ranks = [rank[facts.runs[option][layer]] for option in OPTIONS]
        assert ranks == sorted(ranks, reverse=True), layer
    # NIST SP 800-145 has three service models.
    assert {one.name for one in facts.option if one.nist} == {"iaas", "paas", "saas"}


def test_the_eight_statements_of_the_notes_on_paas_are_there() -> None:
    sides = [one.side for one in known().statements("paas")]
    assert (sides.count("pro"), sides.count("con")) == (4, 4)

"""The six written cases, the price list and what is known of the options hold together."""

from __future__ import annotations

import re

import pytest

from lab.decide import bills, case_names, compare, figures, known, load_case, middle, prices
from lab.decide.offers import OPTIONS

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


def test_every_price_has_a_source_a_date_and_a_confidence() -> None:
    for offer in prices().offer:
        assert offer.source
        assert re.fullmatch(r"20\d\d(-\d\d){0,2}", offer.date)
        assert offer.confidence in {"B", "C"}
    assert {one.name for one in prices().unknown} >= {"Google Compute Engine", "Microsoft Azure"}


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

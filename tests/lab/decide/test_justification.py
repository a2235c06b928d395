"""A decision is judged by whether it holds together, not by its result."""

from __future__ import annotations

import pytest

from lab.decide import CaseError, compare, load_case, make_case, objections, with_weights
from tests.lab.decide.sample import FIELDS, case


def test_any_choice_passes_whose_weights_lead_to_it_and_rest_on_facts() -> None:
    assert objections(case(), "serverless", {"cost": 60, "control": 40}, ["money"]) == []
    # All weight on control: on-premises has 10 there.
    assert objections(case(), "on-premises", {"cost": 0, "control": 1}, ["rules"]) == []


def test_weights_and_choice_may_contradict_each_other() -> None:
    (said,) = objections(case(), "iaas", {"cost": 60, "control": 40}, ["money"])
    # 6.7502336 and 5.3 are worked out in test_comparison.py.
    assert said == (
        "With these weights Serverless container has 6.75 points and IaaS 5.30: the weights and "
        "the choice contradict each other."
    )


def test_what_weighs_most_needs_a_fact() -> None:
    (said,) = objections(case(), "serverless", {"cost": 60, "control": 40}, ["rules"])
    assert said == "cost (Cost) weighs most, and no fact that you name bears on it."
    both = objections(case(), "serverless", {"cost": 50, "control": 50}, [])
    assert len(both) == 2


def test_what_is_ruled_out_cannot_be_justified() -> None:
    hospital = load_case("hospital")
    weights = dict.fromkeys(hospital.criteria, 1.0)
    (said,) = objections(hospital, "paas", weights, ["records-stay"])
    assert said.startswith("PaaS is ruled out: By the hospital's rules")
    assert objections(hospital, "on-premises", {"control": 90}, ["records-stay"]) == []


def test_what_has_no_cost_cannot_be_compared() -> None:
    weights = {"cost": 1.0}
    (said,) = objections(load_case("public"), "saas", weights, ["yearly-budget", "ten-years"])
    assert said.startswith("SaaS cannot be compared. Its cost is not known")


def test_what_is_not_of_the_case_is_named() -> None:
    first, second = objections(case(without=("saas",)), "saas", {}, ["moon"])
    assert "'moon' is not one of the case. Its facts are money, rules." in first
    assert "'saas' is no option of the case." in second
    with pytest.raises(CaseError, match="moon"):
        with_weights(case(), {"moon": 1})
    with pytest.raises(CaseError, match="negative"):
        with_weights(case(), {"cost": -1})


def test_every_written_case_can_be_justified_with_its_own_weights() -> None:
    for name in ("bank", "demo", "hospital", "public", "shop", "startup"):
        chosen = load_case(name)
        weights = {key: one.weight.middle for key, one in chosen.criteria.items()}
        facts = [fact.id for fact in chosen.facts]
        assert objections(chosen, compare(chosen).winner, weights, facts) == []


def test_a_case_without_facts_has_nothing_to_rest_on() -> None:
    bare = make_case({**FIELDS, "facts": []})
    assert objections(bare, "serverless", {}, []) == [
        "cost (Cost) weighs most, and no fact that you name bears on it."
    ]

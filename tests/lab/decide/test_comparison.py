"""The weighted comparison, its sensitivity and its draws: against what is worked out here."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.decide import (
    cheapest_share,
    compare,
    flip,
    load_case,
    make_case,
    middle,
    sensitivities,
    wins,
)
from lab.decide.case import Case
from lab.decide.flips import winners
from tests.lab.decide.sample import FIELDS, case


def weighed(scores: dict[str, dict[str, float]], weights: dict[str, float]) -> Case:
    """Return a case with these scores only: no cost counts."""
    criteria = {
        name: {"title": name, "weight": weights[name], "measure": "", "scores": given}
        for name, given in scores.items()
    }
    names = next(iter(scores.values()))
    options = {name: FIELDS["option"][name] for name in names}
    return make_case({**FIELDS, "criteria": criteria, "option": options, "facts": []})


def test_points_are_weight_times_score() -> None:
    # Cost of IaaS 650 (see test_cost.py), of a budget of 1,000: 10 * (1 - 0.65) = 3.5.
    # 0.6 * 3.5 + 0.4 * 8 = 5.3. PaaS: 200 -> 8; 0.6 * 8 + 0.4 * 4 = 6.4.
    # Serverless: 208.2944 -> 7.917056; 0.6 * 7.917056 + 0.4 * 5 = 6.7502336.
    # On-premises: 1,816 is above the budget -> 0; 0.4 * 10 = 4. SaaS: 2,600 -> 0; 0.
    found = compare(case())
    totals = {one.option: one.total for one in found.standings}
    assert totals == pytest.approx(
        {"serverless": 6.7502336, "paas": 6.4, "iaas": 5.3, "on-premises": 4, "saas": 0}
    )
    assert [one.option for one in found.standings] == list(totals)
    assert found.winner == "serverless"
    assert found.lead == pytest.approx(0.3502336)


def test_a_fact_rules_an_option_out_whatever_its_points() -> None:
    facts = [{"id": "law", "text": "The law says no.", "rules_out": ["serverless"]}]
    found = compare(make_case({**FIELDS, "facts": facts}))
    assert found.winner == "paas"
    assert found.left_out == {"serverless": "The law says no."}


def test_an_option_of_unknown_cost_is_not_compared() -> None:
    options = {**FIELDS["option"], "saas": {"billing": "requests", "staff": 1}}
    found = compare(make_case({**FIELDS, "option": options}))
    assert found.left_out == {"saas": "Its cost is not known: saas.request_price."}
    assert "saas" not in {one.option for one in found.standings}


def test_what_an_option_gets_does_not_hang_on_the_others() -> None:
    alone = compare(case(without=("on-premises", "saas", "serverless")))
    everything = {one.option: one.total for one in compare(case()).standings}
    for one in alone.standings:
        assert one.total == pytest.approx(everything[one.option])


def test_a_budget_may_be_in_euros_and_a_range() -> None:
    # 800 euros of 1.25 dollars are the 1,000 of above, and so is the middle of 600 to 1,400.
    usual = {one.option: one.total for one in compare(case()).standings}
    for changes in (
        {"criteria.cost.budget": "800 EUR/month", "common.euro": 1.25},
        {"criteria.cost.budget": "600 to 1400 USD/month"},
    ):
        found = {one.option: one.total for one in compare(case(changes)).standings}
        assert found == pytest.approx(usual)
    # The draws take it from its whole range. IaaS costs 650 and PaaS 200 dollars, so PaaS has
    # 6 * 450 / budget points more for them, and 0.4 * 4 = 1.6 fewer for control: it wins below a
    # budget of 1,687.50, the middle of 1,000 to 2,375.
    varied = case(
        {"criteria.cost.budget": "1000 to 2375 USD/month", "weights_vary": 0, "scores_vary": 0},
        without=("on-premises", "serverless", "saas"),
    )
    assert wins(varied, 20_000)["paas"] == pytest.approx(0.5, abs=0.02)
    turned = flip(varied, "criteria.cost.budget").above
    assert turned is not None
    assert turned[0] == pytest.approx(1687.5, rel=1e-5)


def test_the_weight_that_changes_the_winner() -> None:
    # A: 8 and 2, B: 4 and 7. With share t of the first: A has 8t + 2(1-t), B 4t + 7(1-t).
    # Equal where 4t = 5(1-t): t = 5/9. Now t = 0.7: A wins, and B below 5/9.
    scores = {"first": {"iaas": 8.0, "paas": 4.0}, "second": {"iaas": 2.0, "paas": 7.0}}
    first, second = sensitivities(weighed(scores, {"first": 70, "second": 30}))
    assert first.down is not None
    assert first.down.share == pytest.approx(5 / 9)
    assert (first.down.winner, first.up) == ("paas", None)
    assert second.up is not None
    assert second.up.share == pytest.approx(4 / 9)
    assert first.nearest == pytest.approx(0.7 - 5 / 9)


def test_the_other_weights_keep_their_proportions() -> None:
    # Of the second and third, 1 to 3. Elsewhere A has (1*9 + 3*1)/4 = 3, B (1*1 + 3*5)/4 = 4.
    # First: A 6, B 3. Equal where 6t + 3(1-t) = 3t + 4(1-t): 3t = 1 - t, t = 1/4.
    scores = {
        "first": {"iaas": 6.0, "paas": 3.0},
        "second": {"iaas": 9.0, "paas": 1.0},
        "third": {"iaas": 1.0, "paas": 5.0},
    }
    first = sensitivities(weighed(scores, {"first": 60, "second": 10, "third": 30}))[0]
    assert first.down is not None
    assert first.down.share == pytest.approx(0.25)


def test_no_weight_changes_a_winner_that_leads_everywhere() -> None:
    scores = {"first": {"iaas": 8.0, "paas": 4.0}, "second": {"iaas": 7.0, "paas": 2.0}}
    for one in sensitivities(weighed(scores, {"first": 1, "second": 1})):
        assert (one.down, one.up, one.nearest) == (None, None, None)


def test_of_two_that_are_level_the_least_change_decides() -> None:
    # 1 * 3 + 2 * 6 = 15 = 1 * 5 + 2 * 5: level. PaaS wins level ones, and any less of the first
    # weight, where it has more, gives it to IaaS: the turn is where it stands, at 1/3.
    scores = {"first": {"iaas": 3.0, "paas": 5.0}, "second": {"iaas": 6.0, "paas": 5.0}}
    start = weighed(scores, {"first": 1, "second": 2})
    assert compare(start).winner == "paas"
    first, second = sensitivities(start)
    assert first.down is not None
    assert first.down.share == pytest.approx(1 / 3)
    assert first.up is None
    assert second.up is not None
    assert second.nearest == pytest.approx(0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=2, max_size=4),
    st.lists(st.integers(1, 100), min_size=3, max_size=3),
)
def test_the_winner_does_change_where_it_is_said_to(
    table: list[tuple[int, ...]], raw: list[int]
) -> None:
    names = ("on-premises", "iaas", "serverless", "paas")[: len(table)]
    scores = {
        f"c{place}": {name: float(row[place]) for name, row in zip(names, table, strict=True)}
        for place in range(3)
    }
    start = weighed(scores, {f"c{place}": float(one) for place, one in enumerate(raw)})
    winner = compare(start).winner
    for place, one in enumerate(sensitivities(start)):
        rest = sum(raw) - raw[place]
        for turn, step in ((one.down, -1e-6), (one.up, 1e-6)):
            if turn is None:
                continue

            def at(share: float, place: int = place, rest: int = rest) -> Case:
                # The share of a weight w beside the rest r is w / (w + r).
                weights = {f"c{n}": float(w) for n, w in enumerate(raw)}
                weights[f"c{place}"] = share * rest / (1 - share)
                return weighed(scores, weights)

            beyond, before = turn.share + step, turn.share - step
            if not (0 < beyond < 1 and 0 < before < 1):
                continue
            points = {s.option: s.total for s in compare(at(beyond)).standings}
            assert points[turn.winner] >= points[winner]
            points = {s.option: s.total for s in compare(at(before)).standings}
            assert points[turn.winner] <= points[winner]


def test_how_often_each_wins_of_a_known_chance() -> None:
    # One criterion; A's score is 5 and B's 5, each up or down by 1: B wins half of the draws.
    level = weighed({"only": {"iaas": 5.0, "paas": 5.0}}, {"only": 1})
    assert wins(level, 20_000)["paas"] == pytest.approx(0.5, abs=0.02)
    # B one point ahead: of two even draws a, b in -1..1, A wins where a - b > 1. The difference
    # has the density (2 - |d|) / 4, so that is 1/4 * (1^2 / 2) = 1/8.
    ahead = weighed({"only": {"iaas": 5.0, "paas": 6.0}}, {"only": 1})
    assert wins(ahead, 20_000)["iaas"] == pytest.approx(1 / 8, abs=0.01)


def test_the_same_seed_gives_the_same_draws_and_all_add_up() -> None:
    changed = case({"common.salary": "50000 to 200000 USD/year"})
    first = wins(changed, 500, seed=3)
    assert first == wins(changed, 500, seed=3)
    assert sum(first.values()) == pytest.approx(1)
    assert sum(cheapest_share(changed, 500).values()) == pytest.approx(1)


def test_nothing_varies_and_the_winner_wins_always() -> None:
    fixed = case().model_copy(update={"weights_vary": 0.0, "scores_vary": 0.0})
    assert wins(fixed, 50)[compare(fixed).winner] == 1


def test_of_two_that_are_always_level_the_draws_name_the_winner() -> None:
    level = weighed({"only": {"iaas": 5.0, "paas": 5.0}}, {"only": 1})
    fixed = level.model_copy(update={"scores_vary": 0.0})
    assert compare(fixed).winner == "paas"
    assert wins(fixed, 50) == {"iaas": 0, "paas": 1}


def test_the_figure_that_changes_the_winner() -> None:
    # The serverless container leads PaaS by 0.3502336 points (above), and each dollar of its cost
    # takes 0.6 * 10 / 1,000 = 0.006: it loses when it costs 58.3723 dollars more. An hour of
    # work is 50 dollars: 4 + 58.3723 / 50 = 5.16745 hours.
    found = flip(case(), "serverless.staff")
    assert found.above is not None
    assert found.above[0] == pytest.approx(4 + 0.3502336 / 0.006 / 50, rel=1e-5)
    assert found.above[1] == "paas"
    assert found.below is None
    assert (found.now, found.unit) == (4, "h/month")


def test_a_figure_that_is_nothing_has_no_flip() -> None:
    found = flip(case(), "saas.staff")
    assert (found.below, found.above) == (None, None)
    # Nor has a price in euros where no euro is known: it is no price.
    found = flip(case({"iaas.price": "40 EUR/month"}), "iaas.price")
    assert (found.below, found.above) == (None, None)
    with pytest.raises(KeyError):
        flip(case(), "saas.nothing")


def test_the_euro_changes_the_winner_with_what_is_priced_in_it() -> None:
    # The one price in euros, 40, is 50 dollars: to move it and to move the euro are the same.
    only = case(
        {"iaas.price": "40 EUR/month", "common.euro": 1.25, "iaas.staff": 0},
        without=("on-premises", "serverless", "saas"),
    )
    price, euro = flip(only, "iaas.price").above, flip(only, "common.euro").above
    assert price is not None
    assert euro is not None
    assert euro[0] / 1.25 == pytest.approx(price[0] / 40)
    assert euro[1] == price[1]


def test_a_flip_of_memory_ends_where_one_process_no_longer_fits() -> None:
    # Both would change the winner beyond: an instance that holds no process serves nothing.
    for figure in ("load.memory", "paas.memory"):
        found = flip(load_case("startup"), figure)
        assert (found.below, found.above) == (None, None)


def test_many_winners_at_once_are_the_winners_one_by_one() -> None:
    salaries = np.geomspace(1e3, 1e7, 9)
    values = middle(case())
    at_once = winners(case(), {**values, "common.salary": salaries})
    each = [compare(case(), {**values, "common.salary": float(one)}).winner for one in salaries]
    assert at_once == each

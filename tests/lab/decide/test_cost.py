"""What an option costs: each line against a figure that is worked out here, and laws of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.decide import OPTIONS, bill, bills, middle, with_figures
from lab.decide.cost import billed_seconds, busiest
from lab.decide.figures import cheapest, dearest
from lab.decide.offers import OptionName
from tests.lab.decide.sample import case

FEW = settings(max_examples=40, deadline=None)  # the machine may be busy


def lines(option: OptionName, **changes: object) -> dict[str, float]:
    """Return the bill of an option; a change's name has __ for the point."""
    changed = case({name.replace("__", "."): value for name, value in changes.items()})
    found = bill(changed, option, middle(changed))
    return {name: float(value) for name, value in found.lines.items()}


CASE = case()
VALUES = middle(CASE)


def total(option: OptionName, changes: Mapping[str, object]) -> float:
    """Return the cost of an option, with figures changed as a case writes them."""
    changed = case(changes)
    return float(bill(changed, option, middle(changed)).total)


def cost(option: OptionName, changes: Mapping[str, float]) -> float:
    """Return the same for figures that are numbers, in the units that are computed with."""
    return float(bill(CASE, option, {**VALUES, **changes}).total)


def test_instances_are_paid_by_the_month_and_rounded_up() -> None:
    # 1 request/s * 3 in the busiest minutes * 0.1 s / 0.5 busy = 0.6 processors.
    # IaaS: 0.6 / 1 -> 1 instance * 50 = 50. Work: 10 h * 50 = 500. Once: 24 h * 50 / 12 = 100.
    assert lines("iaas") == pytest.approx({"servers": 50, "work": 500, "setting up": 100})
    # PaaS: 0.6 / 0.25 = 2.4 -> 3 instances * 25 = 75. Work: 2 * 50 = 100. Once: 6 * 50 / 12 = 25.
    assert lines("paas") == pytest.approx({"servers": 75, "work": 100, "setting up": 25})


def test_a_whole_number_of_instances_is_not_rounded_up_further() -> None:
    # 0.75 processors: 1 request/s * 3.75 * 0.1 / 0.5. 0.75 / 0.25 = 3 instances, 75 dollars.
    assert lines("paas", load__peak=3.75)["servers"] == pytest.approx(75)


def test_memory_bounds_the_processes_of_an_instance() -> None:
    # 4 processors, but 2 GiB hold two processes of 1 GiB: 2 usable. 6 processors needed (peak 30):
    # 6 / 2 = 3 instances * 50 = 150; without the bound it would be 6 / 4 -> 2 instances.
    changes = {"iaas__vcpus": "4 vCPU", "load__memory": "1 GiB", "load__peak": 30}
    assert lines("iaas", **changes)["servers"] == pytest.approx(150)


def test_pay_per_use_counts_seconds_memory_and_requests() -> None:
    # 2,592,000 requests * 0.1 s = 259,200 s. Processor: * 0.00002 = 5.184.
    # Memory: 259,200 * 0.5 GiB * 0.000004 = 0.5184. Requests: 2.592 million * 1 = 2.592.
    assert lines("serverless")["servers"] == pytest.approx(5.184 + 0.5184 + 2.592)
    assert lines("serverless")["work"] == pytest.approx(200)  # 4 h * 50


def test_time_at_work_is_rounded_up_and_shared() -> None:
    # 0.02 s of work and 0.13 s of waiting, billed in steps of 0.1 s: 0.2 s. Four at once: 0.05 s.
    changed = middle(case({"load.compute": "20 ms", "load.wait": "130 ms"}))
    own = {"step": 0.1, "concurrency": 4.0, "vcpus": 1.0}
    assert billed_seconds(own, changed) == pytest.approx(0.05)
    # Exactly one step is one step.
    assert billed_seconds({"step": 0.1, "vcpus": 1.0}, VALUES) == pytest.approx(0.1)


def test_those_that_share_the_time_do_not_share_a_processor() -> None:
    # Twenty at once, each 0.1 s at work: they wait together, but one processor works for 2 s.
    assert billed_seconds({"concurrency": 20.0, "vcpus": 1.0}, VALUES) == pytest.approx(0.1)
    assert billed_seconds({"concurrency": 20.0, "vcpus": 4.0}, VALUES) == pytest.approx(0.025)
    # So the processor costs what it did for one at a time: 259,200 s * 0.00002 = 5.184.
    assert lines("serverless", serverless__concurrency=20) == pytest.approx(lines("serverless"))


def test_the_least_charge_and_memory_that_is_always_there() -> None:
    # Memory of a month: 0.5 GiB * 2,592,000 s * 0.000004 = 5.184, in place of 0.5184.
    always = {"serverless__memory_billed": "always"}
    assert lines("serverless", **always)["servers"] == pytest.approx(5.184 + 5.184 + 2.592)
    assert lines("serverless", serverless__minimum_charge="50 USD/month")["servers"] == 50


def test_own_servers_are_bought_anew_when_their_life_ends() -> None:
    # Two servers, the least. Bought once in a year: 2 * 3600 / 12 = 600 a month.
    # Electricity: 2 * 0.5 kW * 1.5 * 720 h * 0.20 = 216.
    found = lines("on-premises")
    assert (found["servers"], found["electricity"]) == pytest.approx((600, 216))
    # Ten years with a life of four: bought 3 times. 2 * 3600 * 3 / 120 = 180 a month.
    assert lines("on-premises", horizon="10 year")["servers"] == pytest.approx(180)
    # Eight years are two lives exactly: 2 * 3600 * 2 / 96 = 150.
    assert lines("on-premises", horizon="8 year")["servers"] == pytest.approx(150)


def test_rented_room_takes_the_place_of_electricity() -> None:
    # 2 servers * 2 U * 75 = 300.
    changes = {
        "on-premises.housing": "colocation", "on-premises.units": "2 U",
        "on-premises.rent": "75 USD/U/month",
    }  # fmt: skip
    changed = case(changes)
    found = bill(changed, "on-premises", middle(changed)).lines
    assert found["room"] == pytest.approx(300)
    assert "electricity" not in found


def test_a_finished_service_costs_by_the_answer() -> None:
    # 2,592,000 * 0.001 + 8 = 2,600.
    assert lines("saas")["service"] == pytest.approx(2600)


def test_egress_counts_where_its_price_is_known_and_is_named_where_not() -> None:
    # 2,592,000 * 2 kB = 5.184 GB * 0.05 = 0.2592.
    changed = case({"load.response": "2 kB", "paas.egress_price": "0.05 USD/GB"})
    found = bills(changed, middle(changed))
    assert found["paas"].lines["egress"] == pytest.approx(0.2592)
    assert (found["paas"].not_counted, found["iaas"].not_counted) == ((), ("egress",))


def test_idle_time_raises_the_peak_and_is_paid_unless_switched_off() -> None:
    # All in a quarter of the month: 4 requests/s * 3 * 0.1 / 0.5 = 2.4 processors.
    # IaaS: 3 instances * 50 = 150; off for three quarters of the time: 37.50.
    assert lines("iaas", load__idle=0.75)["servers"] == pytest.approx(150)
    assert lines("iaas", load__idle=0.75, iaas__switched_off=True)["servers"] == pytest.approx(37.5)
    # Pay per use does not ask when.
    assert lines("serverless", load__idle=0.75) == pytest.approx(lines("serverless"))


def test_a_busy_december() -> None:
    # Eleven usual months and one of 12 times: 23 months' requests, 23/12 on the average.
    # PaaS: 3 instances, in December 7.2 / 0.25 = 28.8 -> 29. (11 * 3 + 29) / 12 * 25 = 129.1667.
    # December itself: 29 * 25 = 725 and 125 of work.
    changed = case({"load.months": [1] * 11 + [12]})
    values = middle(changed)
    assert bill(changed, "paas", values).lines["servers"] == pytest.approx(129.1667, rel=1e-5)
    assert busiest(changed, "paas", values).total == pytest.approx(725 + 125)
    found = bill(changed, "serverless", values).lines["servers"]
    assert found == pytest.approx(8.2944 * 23 / 12)
    # 50 at least in each usual month, and 12 * 8.2944 = 99.5328 in December.
    least = with_figures(changed, {"serverless.minimum_charge": "50 USD/month"})
    found = bill(least, "serverless", middle(least)).lines["servers"]
    assert found == pytest.approx((11 * 50 + 99.5328) / 12)
    # Own servers must do for December all year: 7.2 / 8 -> 1, and two are the least.
    assert bill(changed, "on-premises", values).lines["servers"] == pytest.approx(600)


def test_without_a_needed_figure_there_is_no_cost() -> None:
    changed = case()
    values = {name: one for name, one in middle(changed).items() if name != "saas.request_price"}
    found = bill(changed, "saas", values)
    assert (found.known, found.unknown) == (False, ("saas.request_price",))
    with pytest.raises(ValueError, match=r"unknown is saas\.request_price"):
        _ = found.total


def test_a_price_in_euros_needs_the_euro() -> None:
    changed = case({"iaas.price": "40 EUR/month"})
    assert bill(changed, "iaas", middle(changed)).unknown == ("common.euro",)
    changed = case({"iaas.price": "40 EUR/month", "common.euro": 1.25})
    assert bill(changed, "iaas", middle(changed)).lines["servers"] == pytest.approx(50)


option = st.sampled_from(OPTIONS)


@FEW
@given(option, st.floats(1e3, 1e9), st.floats(1, 100))
def test_more_load_never_costs_less(name: OptionName, requests: float, times: float) -> None:
    less = cost(name, {"load.requests": requests})
    assert cost(name, {"load.requests": requests * times}) >= less * (1 - 1e-12)


@FEW
@given(
    option,
    st.sampled_from(["load.compute", "load.peak", "load.memory", "common.salary"]),
    st.floats(1, 3),
)
def test_more_of_anything_that_is_paid_never_costs_less(
    name: OptionName, figure: str, times: float
) -> None:
    more = cost(name, {figure: float(VALUES[figure]) * times})
    assert more >= cost(name, {}) * (1 - 1e-12)


@FEW
@given(option, st.floats(0, 0.98))
def test_more_idle_time_never_costs_less_when_nothing_is_switched_off(
    name: OptionName, idle: float
) -> None:
    assert cost(name, {"load.idle": idle}) >= cost(name, {}) * (1 - 1e-12)


SAME: list[dict[str, Any]] = [
    {"load.requests": "86.4 thousand requests/day"},
    {"load.requests": "2.592 million requests/month"},
    {"load.compute": "0.1 s"},
    {"load.memory": "512 MiB"},
    {"horizon": "12 month", "on-premises.life": "48 month"},
    {"iaas.price": "600 USD/year", "paas.price": "0.0347222222222222 USD/h"},
    {"serverless.request_price": "0.001 USD/thousand requests"},
    {"serverless.memory_price": "0.0144 USD/GiB/h"},
    {"on-premises.watts": "0.5 kW", "on-premises.electricity": "0.0002 USD/W/h"},
    {"on-premises.staff": "240 h/year", "iaas.setup": "1 day"},
    {"utilisation": "50 %"},
]


@pytest.mark.parametrize("changes", SAME, ids=lambda one: ", ".join(one.values()))
def test_other_units_change_nothing(changes: dict[str, Any]) -> None:
    for name in OPTIONS:
        assert total(name, changes) == pytest.approx(total(name, {}), rel=1e-9)


@settings(max_examples=15, deadline=None)
@given(option, st.floats(0.5, 1), st.floats(1, 2))
def test_the_middle_lies_between_the_cheapest_and_the_dearest(
    name: OptionName, low: float, high: float
) -> None:
    wide = with_figures(
        case(),
        {
            "load.compute": {"low": 0.1 * low, "high": 0.1 * high, "unit": "s"},
            "on-premises.life": {"low": 48 * low, "high": 48 * high, "unit": "month"},
            "iaas.vcpus": {"low": low, "high": high, "unit": "vCPU"},
            "common.salary": {"low": 1e5 * low, "high": 1e5 * high, "unit": "USD/year"},
            "load.idle": {"low": 0.4 * low, "high": 0.4 * high},
            "serverless.concurrency": {"low": 4 * low, "high": 4 * high},
        },
    )
    least, most = (bill(wide, name, ends(wide)).total for ends in (cheapest, dearest))
    assert least <= bill(wide, name, middle(wide)).total * (1 + 1e-12)
    assert bill(wide, name, middle(wide)).total <= most * (1 + 1e-12)

"""Curves over load and where they cross: against points that are worked out here."""

from __future__ import annotations

import numpy as np
import pytest

from lab.decide import crossing_range, crossings, curves, with_figures
from lab.decide.case import Case
from lab.decide.curves import load_grid
from tests.lab.decide.sample import case


def two(fixed: str, per_request: float) -> Case:
    """Return a case of a price by the request against a fixed price, and nothing else."""
    return case(
        {
            "saas.request_price": per_request, "saas.fee": 0, "saas.staff": 0,
            "iaas.price": fixed, "iaas.staff": 0, "iaas.setup": 0, "load.compute": 0,
        },
        without=("on-premises", "serverless", "paas"),
    )  # fmt: skip


def test_a_price_by_the_request_meets_a_fixed_one() -> None:
    # 0.001 dollars a request; 50 dollars a month: equal at 50 / 0.001 = 50,000 requests.
    (one,) = crossings(two("50 USD/month", 0.001), "saas", "iaas")
    assert one.load == pytest.approx(50_000, rel=1e-5)
    assert (one.below, one.above) == ("saas", "iaas")
    assert one.dollars == pytest.approx(50)


def test_the_worked_example_as_a_crossing() -> None:
    # 0.00002525 dollars a second at work and one second for each request: 7 dollars buy 277,228.
    changed = case(
        {
            "load.compute": "1 s", "load.memory": "0.5 GiB",
            "serverless.vcpu_price": 0.000024, "serverless.memory_price": 0.0000025,
            "serverless.request_price": 0, "serverless.staff": 0,
            "iaas.price": "7 USD/month", "iaas.staff": 0, "iaas.setup": 0, "iaas.vcpus": "64 vCPU",
            "iaas.memory": "64 GiB",
        },
        without=("on-premises", "paas", "saas"),
    )  # fmt: skip
    (one,) = crossings(changed, "serverless", "iaas")
    assert one.load == pytest.approx(7 / 0.00002525, rel=1e-5)
    assert one.above == "iaas"


def test_steps_may_cross_several_times() -> None:
    # Instances of 100 dollars, one for each 864,000 requests (1/s * 0.1 s * 3 / 0.5 = 0.6 of a
    # processor at 2,592,000). Pay by the request: 0.0001. At 1,000,000 requests both cost 100;
    # from 4,320,000 requests, where 1 processor is full, the second instance makes 200, against
    # 432: it stays dearer to pay by the request.
    changed = case(
        {
            "saas.request_price": 0.0001, "saas.fee": 0, "iaas.staff": 0, "iaas.setup": 0,
            "iaas.price": "100 USD/month",
        },
        without=("on-premises", "serverless", "paas"),
    )  # fmt: skip
    assert [round(one.load, -3) for one in crossings(changed, "saas", "iaas")] == [1_000_000]
    # At 0.00004 a request: equal at 2,500,000; at 4,320,000 the second instance makes 200 against
    # 172.80, until 5,000,000; a third from 8,640,000 makes 300 against 345.60: no more crossing.
    changed = case(
        {
            "saas.request_price": 0.00004, "saas.fee": 0, "iaas.staff": 0, "iaas.setup": 0,
            "iaas.price": "100 USD/month",
        },
        without=("on-premises", "serverless", "paas"),
    )  # fmt: skip
    found = crossings(changed, "saas", "iaas")
    assert [round(one.load, -4) for one in found] == [2_500_000, 4_320_000, 5_000_000]
    assert [one.above for one in found] == ["iaas", "saas", "iaas"]


def test_lines_that_do_not_cross_have_no_crossing() -> None:
    changed = case({"iaas.staff": 0, "paas.staff": 0, "iaas.price": 1, "paas.price": 1000})
    assert crossings(changed, "iaas", "paas") == []
    assert crossing_range(changed, "iaas", "paas", 10).share == 0


def test_to_cost_the_same_is_not_to_cross() -> None:
    # 50 dollars for both, until a second machine is needed: before that neither is the cheaper one.
    changed = with_figures(
        two("50 USD/month", 0), {"saas.fee": "50 USD/month", "load.compute": "100 ms"}
    )
    assert crossings(changed, "saas", "iaas") == []
    assert crossing_range(changed, "saas", "iaas", 10).share == 0


def test_a_price_that_is_a_range_makes_the_crossing_one() -> None:
    # 40 to 60 dollars against 0.001 a request: between 40,000 and 60,000, half below 50,000.
    found = crossing_range(two("40 to 60 USD/month", 0.001), "saas", "iaas")
    assert found.share == 1
    assert 40_000 <= found.low < found.middle < found.high <= 64_000
    # The grid has forty points to a tenfold: the crossing is named within 6 %.
    assert found.middle == pytest.approx(50_000, rel=0.08)
    assert found == crossing_range(two("40 to 60 USD/month", 0.001), "saas", "iaas")


def test_curves_hold_the_middle_between_the_ends() -> None:
    for curve in curves(case({"common.salary": "90000 to 120000 USD/year"})).values():
        assert curve.loads.shape == load_grid().shape
        assert np.all(curve.low <= curve.middle * (1 + 1e-12))
        assert np.all(curve.middle <= curve.high * (1 + 1e-12))
        assert np.all(np.diff(curve.middle) >= -1e-9)  # more load never costs less


def test_the_cheapest_changes_at_the_crossing() -> None:
    found = curves(two("50 USD/month", 0.001), np.array([49_000.0, 51_000.0]))
    below, above = found["saas"].middle < found["iaas"].middle
    assert (below, above) == (True, False)

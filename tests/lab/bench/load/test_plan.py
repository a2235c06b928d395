"""Plans: what they say, what they refuse, what goes over the connection."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from lab.bench.load.plan import Closed, Open, Plan, Request, SlowClients

URL = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "plan",
    [
        Plan(url=URL),
        Plan(
            url=URL,
            requests=(
                Request.post("/api/v1/predict", {"inputs": []}, Accept="application/json"),
                Request(path="/x?y=1", method="DELETE", body=b"\x00\xff"),
            ),
            shape=Open(rate=12.5, arrivals="poisson", seed=3),
            slow_clients=SlowClients(count=3, seconds_per_byte=0.5),
            expect=422,
        ),
    ],
)
def test_a_plan_is_the_same_after_json(plan: Plan) -> None:
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_request_says_how_long_its_body_is_and_whether_the_connection_stays() -> None:
    request = Request.post("/p", {"a": 1})
    assert request.encoded("here:80", keep_alive=True) == (
        b"POST /p HTTP/1.1\r\nHost: here:80\r\nContent-Type: application/json\r\n"
        b'Content-Length: 8\r\n\r\n{"a": 1}'
    )
    closing = Request(path="/").encoded("here:80", keep_alive=False)
    assert closing == b"GET / HTTP/1.1\r\nHost: here:80\r\nConnection: close\r\n\r\n"


def test_uniform_arrivals_are_evenly_spaced() -> None:
    assert Open(rate=4).schedule(1.0).tolist() == [0.0, 0.25, 0.5, 0.75]


def test_poisson_arrivals_follow_from_the_seed_and_keep_the_rate() -> None:
    shape = Open(rate=1000, arrivals="poisson", seed=5)
    moments = shape.schedule(10)
    np.testing.assert_array_equal(moments, shape.schedule(10))
    assert not np.array_equal(moments[:10], Open(rate=1000, arrivals="poisson").schedule(10)[:10])
    assert len(moments) == pytest.approx(10_000, rel=0.05)
    gaps = np.diff(moments)
    assert gaps.std() == pytest.approx(gaps.mean(), rel=0.1)  # as exponential gaps have it
    assert len(moments) <= shape.most(10)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "https://127.0.0.1:80"}, "is not a server: write it like"),
        ({"url": "http://127.0.0.1"}, "is not a server: write it like"),
        ({"url": URL + "/api"}, "paths belong to the requests"),
        ({"seconds": 4000}, "less than or equal to 3600"),
        ({"connections": 5000}, "less than or equal to 4096"),
        ({"requests": ()}, "at least 1 item"),
        ({"shape": Open(rate=1000), "seconds": 600}, "lower the rate or the seconds"),
        ({"most_requests": 3_000_000}, "less than or equal to 2000000"),
        ({"duration": 3}, "Extra inputs are not permitted"),
    ],
)
def test_a_plan_without_bounds_or_sense_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Plan.model_validate({"url": URL, "shape": Closed(), **fields})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"path": "api"}, "starts with /"),
        ({"path": "/a b"}, "starts with /"),
        ({"method": "HEAD"}, "Input should be"),
        ({"headers": {"A": "b\r\nC: d"}}, "one line of ASCII"),
        ({"headers": {"Content-Length": "3"}}, "writes Content-Length itself"),
        ({"headers": {"a b": "c"}}, "not the name of a header"),
    ],
)
def test_a_request_that_is_not_http_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Request.model_validate(fields)


def test_slow_clients_are_bounded_together() -> None:
    with pytest.raises(ValidationError, match="take fewer, or let them be slower"):
        SlowClients(count=1000, seconds_per_byte=0.01)

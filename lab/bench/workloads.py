"""What the stacks are asked: one short declaration each, and the requests that it sends."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from lab.bench.declaring import Endpoint
from lab.bench.load.plan import Closed, Open, Plan, Request, SlowClients

PREDICT = "/api/v1/predict"
HEALTH = "/api/v1/health"
HOUSES_FILE = Path(__file__).with_name("houses.json")  # tools/bench_houses.py makes it
HOUSES = 100  # different ones, so that no processor learns one house's way through the model
# What a person would type in. The API's own examples have the same columns.
COLUMNS = (
    *("GrLivArea", "OverallQual", "Neighborhood", "YearBuilt", "YearRemodAdd", "LotArea"),
    *("TotalBsmtSF", "FirstFlrSF", "FullBath", "BedroomAbvGr", "KitchenQual", "Fireplaces"),
    *("GarageCars", "CentralAir"),
)

Kind = Literal["load", "cold start", "stop"]


@dataclass(frozen=True, kw_only=True)
class Workload:
    """What is asked of a stack, and how.

    A closed loop of `connections` unless there is a `rate`, in requests a second. `seconds` is the
    measured part of one row. `upstream_ms` is how long the listing service takes. Where `lossy`,
    missing answers are a finding; elsewhere they make a row invalid.
    """

    name: str
    title: str
    endpoint: Endpoint
    requests: Callable[[], tuple[Request, ...]]
    expect: int = 200
    connections: int = 8
    rate: float | None = None
    seconds: float = 2.0
    warm_up: float = 0.5
    timeout: float = 10.0
    upstream_ms: float | None = None
    least_wait_ms: float = 0  # a server without upstream that waits by itself
    slow_clients: SlowClients | None = None
    lossy: bool = False
    kind: Kind = "load"
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def wait_ms(self) -> float:
        """How long each request waits for something, in milliseconds."""
        return self.upstream_ms or self.least_wait_ms

    def plan(self, url: str, *, seed: int = 0, rate: float | None = None) -> Plan:
        """Return the load for a server, at this rate instead of the workload's own if given."""
        rate = self.rate if rate is None else rate
        return Plan(
            url=url,
            requests=self.requests(),
            shape=Closed() if rate is None else Open(rate=rate, arrivals="poisson", seed=seed),
            slow_clients=self.slow_clients,
            seconds=self.seconds,
            warm_up=self.warm_up,
            connections=self.connections,
            timeout=self.timeout,
            expect=self.expect,
        )


@cache
def houses() -> list[dict[str, Any]]:
    """Return real houses, as people would describe them."""
    found: list[dict[str, Any]] = json.loads(HOUSES_FILE.read_text(encoding="utf-8"))
    return found


@cache
def _health() -> tuple[Request, ...]:
    return (Request(path=HEALTH),)


@cache
def _one_house() -> tuple[Request, ...]:
    return tuple(Request.post(PREDICT, {"inputs": [house]}) for house in houses())


@cache
def _hundred_houses() -> tuple[Request, ...]:
    turns = [houses()[place:] + houses()[:place] for place in (0, 20, 40, 60, 80)]
    return tuple(Request.post(PREDICT, {"inputs": turned}) for turned in turns)


@cache
def _invalid() -> tuple[Request, ...]:
    # One field is missing, one is out of its range and one has a wrong type.
    wrong = {"OverallQual": 11, "YearBuilt": "soon"}
    bad = [{**house, **wrong} for house in houses()]
    for house in bad:
        del house["Neighborhood"]
    return tuple(Request.post(PREDICT, {"inputs": [house]}) for house in bad)


@cache
def _listings() -> tuple[Request, ...]:
    return tuple(Request(path=f"/api/v1/listings/{number}/price") for number in range(1, 101))


@cache
def _wait() -> tuple[Request, ...]:
    return (Request(path="/wait"),)


def _listing_workload(milliseconds: int, seconds: float) -> Workload:
    return Workload(
        name=f"listings-{milliseconds}",
        title=f"price a listing; the listing service takes {milliseconds} ms",
        endpoint="listings",
        requests=_listings,
        connections=32,
        seconds=seconds,
        upstream_ms=milliseconds,
    )


ALL = (
    Workload(name="health", title="say that it is alive", endpoint="health", requests=_health),
    Workload(name="predict-one", title="price one house", endpoint="predict", requests=_one_house),
    Workload(
        name="predict-steady",
        title="price one house, 200 a second",
        endpoint="predict",
        requests=_one_house,
        rate=200,
        connections=32,
        seconds=4,
    ),
    Workload(
        name="predict-hundred",
        title="price a hundred houses",
        endpoint="predict",
        requests=_hundred_houses,
        seconds=3,
    ),
    _listing_workload(10, 3),
    _listing_workload(50, 3),
    _listing_workload(200, 5),
    Workload(
        name="invalid",
        title="refuse a body with three mistakes",
        endpoint="predict",
        requests=_invalid,
        expect=422,
    ),
    Workload(
        name="slow-clients",
        title="price one house, 50 a second, beside 16 clients on slow lines",
        endpoint="predict",
        requests=_one_house,
        rate=50,
        connections=64,
        seconds=4,
        timeout=2,
        # A body of about 400 bytes takes 20 s: none of them ends within the row.
        slow_clients=SlowClients(count=16, seconds_per_byte=0.05),
        lossy=True,
    ),
    Workload(
        name="blocking",
        title="wait 50 ms in each request",
        endpoint="wait",
        requests=_wait,
        connections=16,
        least_wait_ms=50,
    ),
    Workload(
        name="cold-start",
        title="from the start of the server to the first price",
        endpoint="predict",
        requests=_one_house,
        kind="cold start",
    ),
    Workload(
        name="stop",
        title="a stop in the middle of the load: the listing service takes 200 ms",
        endpoint="listings",
        requests=_listings,
        connections=8,
        seconds=3,
        warm_up=0,
        upstream_ms=200,
        lossy=True,
        kind="stop",
    ),
)

WORKLOADS: dict[str, Workload] = {workload.name: workload for workload in ALL}

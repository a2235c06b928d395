"""The endpoint that asks another service first: whatever that one does, the answer is plain.

The listing service is ours to command, so these tests start their own stacks and do not run
against a given URL. One that is not there at all is in tests/apps/test_production.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from lab import servers
from lab.listings.houses import listed_houses
from tests.contract.client import Api
from tests.contract.conftest import asking
from tests.contract.test_bad_input import assert_problem

PATH = "/api/v1/listings/{}/price"


@pytest.fixture
def behave(listings: servers.Server) -> Iterator[Callable[..., None]]:
    """Tell the listing service how to behave; at the end it behaves well again."""

    def tell(**behaviour: object) -> None:
        answer = requests.put(listings.url + "/behaviour", json=behaviour, timeout=30)
        assert answer.status_code == 200, answer.text

    yield tell
    tell()


@pytest.fixture(scope="module")
def impatient(stack: str, listings: servers.Server) -> Iterator[servers.Server]:
    """Each stack, so impatient that what hangs need not be waited for."""
    with asking(stack, listings, seconds=0.2) as server:
        yield server


@pytest.fixture(scope="module")
def houses() -> dict[str, dict[str, object]]:
    """The listed houses by id."""
    return listed_houses()


def test_a_listed_house_gets_the_price_that_predict_gives(
    patient: servers.Server, houses: dict[str, dict[str, object]]
) -> None:
    api = Api(patient.url)
    for listing_id in ("1", "1500", "2930"):
        answer = api.get(PATH.format(listing_id))
        assert answer.status_code == 200, answer.text
        expected = api.predict(houses[listing_id]).json()
        assert answer.json() == {
            "listing": listing_id,
            "prediction": expected["predictions"][0],
            "version": expected["version"],
        }
    api.session.close()


@pytest.mark.parametrize(
    "listing_id", ["0", "2931", "abc", "1.5", "-1", "1%2F..", "9" * 10, "%D9%A1"]
)
def test_an_unknown_listing_is_a_404(patient: servers.Server, listing_id: str) -> None:
    assert_problem(ask(patient, listing_id), 404)


@pytest.mark.parametrize("fault", ["error", "garbage", "gone"])
def test_a_failing_upstream_is_a_502(
    patient: servers.Server, behave: Callable[..., None], fault: str
) -> None:
    behave(fault=fault)
    document = assert_problem(ask(patient), 502)
    assert "The listing service failed" in str(document["detail"])
    behave(latency_ms=50)
    assert ask(patient).status_code == 200


@pytest.mark.parametrize("behaviour", [{"fault": "hang"}, {"fault": "slow"}, {"latency_ms": 2000}])
def test_a_slow_upstream_is_a_504(
    impatient: servers.Server, behave: Callable[..., None], behaviour: dict[str, object]
) -> None:
    behave(**behaviour)
    document = assert_problem(ask(impatient), 504)
    assert "within 0.2 seconds" in str(document["detail"])


def test_without_an_upstream_it_says_so(server: servers.Server) -> None:
    document = assert_problem(ask(server), 503)
    assert "LISTINGS_URL" in str(document["detail"])


@pytest.mark.timeout(7200)  # in the long form
def test_a_hanging_upstream_leaves_nothing_behind(
    impatient: servers.Server, behave: Callable[..., None], long_form: bool
) -> None:
    behave(fault="hang")
    ask(impatient)
    before = resources(impatient)
    with ThreadPoolExecutor(40) as pool:
        answers = pool.map(lambda _: ask(impatient), range(10_000 if long_form else 100))
        statuses = {answer.status_code for answer in answers}
    assert statuses <= {503, 504}
    assert 504 in statuses
    after = resources(impatient)
    # A pool may keep a thread or a connection for each request in flight, not for each request.
    assert after["sockets"] <= before["sockets"] + 2
    assert after["threads"] <= before["threads"] + 8
    # Nor has any of them kept a place in the pool. On a slow machine some answers are late.
    behave()
    while ask(impatient).status_code != 200:
        pass


def ask(server: servers.Server, listing_id: str = "7") -> requests.Response:
    """Ask for a price on a connection of its own."""
    headers = {"Connection": "close"}
    return requests.get(server.url + PATH.format(listing_id), headers=headers, timeout=60)


def resources(server: servers.Server) -> dict[str, int]:
    """Count the sockets and threads of a server and its workers."""
    processes = server.processes()
    return {
        "sockets": sum(len(process.net_connections()) for process in processes),
        "threads": sum(process.num_threads() for process in processes),
    }

"""What both apps do when they are busy: they say so, and a stop loses nothing.

Starting a server takes nearly all the time here, so each stack runs once, and the last test of the
shared server stops it.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from lab import servers
from tests.apps.waiting import wait_until

GUNICORN = "fastapi-gunicorn"
PLACES = 4  # requests that the server works on at the same time
HEALTH = "/api/v1/health"
PRICE = "/api/v1/listings/7/price"


def told(listings: servers.Server, **behaviour: object) -> None:
    """Tell the listing service how to behave."""
    requests.put(listings.url + "/behaviour", json=behaviour, timeout=30).raise_for_status()


@pytest.fixture
def hanging(listings: servers.Server) -> Iterator[servers.Server]:
    """The listing service while it never answers."""
    told(listings, fault="hang")
    yield listings
    told(listings)


@pytest.fixture(scope="module", params=["fastapi", "flask", GUNICORN])
def limited(
    request: pytest.FixtureRequest, listings: servers.Server, long_form: bool
) -> Iterator[servers.Server]:
    """Each stack, with few places for requests, and with its log in JSON."""
    if request.param == GUNICORN and not long_form:
        pytest.skip("The app is that of FastAPI, and uvicorn serves it: --long tries gunicorn, too")
    environment = {
        "LISTINGS_URL": listings.url,
        "LISTINGS_TIMEOUT": "25",
        "LOG_FORMAT": "json",
        "MAX_CONCURRENT_REQUESTS": str(PLACES),
    }
    with servers.running(request.param, environment=environment) as server:
        yield server


def test_a_busy_server_says_so_and_stays_alive(
    limited: servers.Server, hanging: servers.Server
) -> None:
    with ThreadPoolExecutor(PLACES) as pool:

        def hold() -> int:
            """Take a place and keep it; ask again when the question whether it is busy has it."""
            while True:
                status = requests.get(limited.url + PRICE, timeout=60).status_code
                if status != 503:
                    return status

        held = [pool.submit(hold) for _ in range(PLACES)]
        wait_until(
            lambda: requests.get(limited.url + "/docs", timeout=30).status_code == 503, "busy"
        )
        refused = requests.get(limited.url + "/docs", timeout=30)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "1"
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["status"] == 503
        assert requests.get(limited.url + HEALTH, timeout=30).status_code == 200
        assert requests.get(limited.url + "/api/v1/ready", timeout=30).status_code == 200
        told(hanging)
        assert {one.result() for one in held} == {200}
        assert requests.get(limited.url + "/docs", timeout=30).status_code == 200


def test_a_stop_finishes_what_is_in_flight_and_refuses_the_rest(
    limited: servers.Server, hanging: servers.Server
) -> None:
    ids = [f"in-flight-{number}" for number in range(PLACES)]
    with requests.Session() as kept, ThreadPoolExecutor(PLACES + 1) as pool:
        kept.get(limited.url + HEALTH, timeout=30)  # a connection that is open and idle

        def ask(name: str) -> int:
            headers = {"X-Request-ID": name}
            return requests.get(limited.url + PRICE, headers=headers, timeout=60).status_code

        requests.post(limited.url + "/nothing", headers={"X-Request-ID": "wrong"}, timeout=30)
        held = [pool.submit(ask, name) for name in ids]
        wait_until(lambda: connections(limited) >= PLACES + 1, "four requests in flight")
        stopping = pool.submit(limited.stop, grace=30)
        wait_until(lambda: refuses(limited), "the refusal of new connections")
        assert not any(one.done() for one in held)
        told(hanging)  # to answer
        assert [one.result() for one in held] == [200] * PLACES
        if limited.stack.name == GUNICORN:
            kept.close()  # its ASGI worker waits for an idle connection until its time is up
        stopping.result()
    # Nothing is lost at the end: each of them has its one line, and so has the server's stop.
    lines = limited.lines()
    for name in ids:
        assert sum(name in line for line in lines) == 1
    assert any("shut" in line.lower() or "exiting" in line.lower() for line in lines[-6:])
    assert_json(lines, server="uvicorn" if limited.stack.name == "fastapi" else "gunicorn")


def assert_json(lines: list[str], *, server: str) -> None:
    """Hold each line, from the start to the stop, to the format that was asked for."""
    records = [json.loads(line) for line in lines]
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, records))
    assert {record["logger"].split(".")[0] for record in records} == {"access", server}
    [wrong] = [record for record in records if record.get("request_id") == "wrong"]
    assert (wrong["method"], wrong["path"], wrong["status"]) == ("POST", "/nothing", 404)
    assert wrong["duration_ms"] >= 0


def refuses(server: servers.Server) -> bool:
    """Tell whether a server takes no new connection."""
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=30).close()
    except ConnectionRefusedError:
        return True
    return False


def test_beyond_its_threads_a_flask_worker_lets_requests_wait(
    hanging: servers.Server, long_form: bool
) -> None:
    """The limit counts what a worker works on, which is never more than it has threads."""
    if not long_form:
        pytest.skip("takes a server of its own for what gunicorn does; with --long")
    environment = {
        "LISTINGS_URL": hanging.url,
        "LISTINGS_TIMEOUT": "25",
        "MAX_CONCURRENT_REQUESTS": "3",
        "THREADS": "2",
    }
    with servers.running("flask", environment=environment) as server, ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(requests.get, server.url + PRICE, timeout=60) for _ in range(6)]
        wait_until(lambda: connections(server) >= 6, "six requests")
        told(hanging)
        assert [one.result().status_code for one in asked] == [200] * 6


def connections(server: servers.Server) -> int:
    """Count the connections that a server has to its listing service or from its clients."""
    return sum(
        one.status == "ESTABLISHED" and one.laddr.port == server.port
        for process in server.processes()
        for one in process.net_connections()
    )

"""The relay passes everything on, notes it, and loses or changes answers only when told to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from lab import servers
from lab.exercises.scripted import Reply, Scripted, answering
from lab.lessons.wire import Exchange, Relay

GOOD = Reply(200, {"price": 1.5}, headers={"X-Kept": "yes"})


@pytest.fixture
def behind() -> Iterator[Scripted]:
    with answering(GOOD) as server:
        yield server


@pytest.fixture
def relay(behind: Scripted) -> Iterator[Relay]:
    with Relay(behind.url) as relay:
        yield relay


def test_request_and_answer_pass_unchanged(behind: Scripted, relay: Relay) -> None:
    answer = requests.post(f"{relay.url}/a?b=c", json={"x": "é"}, timeout=5)
    assert (answer.status_code, answer.json(), answer.headers["X-Kept"]) == (
        200,
        {"price": 1.5},
        "yes",
    )
    (asked,) = behind.asked
    assert (asked.method, asked.path, asked.media_type) == ("POST", "/a?b=c", "application/json")
    assert asked.body == '{"x": "\\u00e9"}'


def test_what_travelled_is_noted_as_text(relay: Relay) -> None:
    requests.put(f"{relay.url}/a", json={"x": 1}, headers={"X-Mine": "7"}, timeout=5)
    (exchange,) = relay.exchanges
    first, *lines = exchange.request.splitlines()
    assert first == "PUT /a HTTP/1.1"
    assert "X-Mine: 7" in lines
    assert lines[-2:] == ["", '{"x": 1}']
    assert exchange.header("x-mine") == "7"
    assert exchange.header("absent") == ""
    assert exchange.response.splitlines()[0] == "HTTP/1.1 200 OK"
    assert "Content-Length: 14" in exchange.response.splitlines()
    assert exchange.response.endswith('\n\n{"price": 1.5}')


def test_the_bytes_of_the_headers_are_those_on_the_wire() -> None:
    exchange = Exchange("GET", "/", "HTTP/1.0", [("A", "b")], b"", 200, [], b"")
    assert exchange.header_bytes == len(b"GET / HTTP/1.0\r\nA: b\r\n\r\n")


def test_a_lost_answer_was_given_all_the_same(behind: Scripted, relay: Relay) -> None:
    relay.lose_answers(1)
    with pytest.raises(requests.ConnectionError):
        requests.post(relay.url, json={}, timeout=5)
    assert requests.post(relay.url, json={}, timeout=5).status_code == 200
    assert len(behind.asked) == 2
    assert [exchange.lost for exchange in relay.exchanges] == [True, False]


def test_an_answer_is_rewritten_until_told_otherwise(relay: Relay) -> None:
    relay.rewrite = (201, lambda body: {**body, "more": True})
    answer = requests.get(relay.url, timeout=5)
    assert (answer.status_code, answer.json()) == (201, {"price": 1.5, "more": True})
    assert f"Content-Length: {len(answer.content)}" in relay.exchanges[-1].response.splitlines()
    relay.rewrite = None
    assert requests.get(relay.url, timeout=5).json() == {"price": 1.5}


def test_what_is_not_json_is_not_rewritten() -> None:
    page = Reply(404, "<html>", media_type="text/html")
    with answering(page) as server, Relay(server.url) as relay:
        relay.rewrite = (201, lambda _: {})
        assert requests.get(relay.url, timeout=5).status_code == 404


def test_a_server_that_is_gone_is_a_bad_gateway() -> None:
    with Relay(f"http://127.0.0.1:{servers.free_port()}") as relay:
        assert requests.get(relay.url, timeout=5).status_code == 502


def test_a_stopped_relay_does_not_listen(relay: Relay) -> None:
    relay.stop()
    relay.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(relay.url, timeout=5)

"""A server that answers as it is told, one reply after the other."""

from __future__ import annotations

import pytest
import requests

from lab.exercises.scripted import Asked, Reply, answering


def test_each_request_gets_the_next_reply_and_the_last_one_stays() -> None:
    busy = Reply(503, headers={"Retry-After": "2"})
    with answering(busy, Reply(200, {"price": 1})) as server:
        answers = [requests.get(f"{server.url}/a", timeout=5) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert answers[0].headers["Retry-After"] == "2"
    assert answers[2].json() == {"price": 1}


def test_text_travels_as_it_is_and_what_was_asked_is_noted() -> None:
    with answering(Reply(502, "<html>é", media_type="text/html; charset=utf-8")) as server:
        answer = requests.post(f"{server.url}/a", data="x=1", timeout=5)
    assert (answer.text, answer.headers["Content-Type"]) == ("<html>é", "text/html; charset=utf-8")
    assert server.asked == [Asked("POST", "/a", "x=1", "")]


def test_none_ends_the_connection_without_an_answer() -> None:
    with answering(None) as server, pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=5)
    assert len(server.asked) == 1

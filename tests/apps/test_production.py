"""What both apps do beyond answering: logs, CORS, a model that somebody has changed.

Starting a server takes nearly all the time here, so one of each app serves most tests, and the last
of them stops it.
"""

from __future__ import annotations

import shutil
import socket
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from apps.house_prices.settings import ARTEFACT
from lab import servers
from tests.apps.waiting import wait_until
from tests.contract.test_bad_input import assert_problem

STACKS = ("fastapi", "flask")
HEALTH = "/api/v1/health"
PRICE = "/api/v1/listings/7/price"
ORIGIN = "http://127.0.0.1:5173"


@pytest.fixture(scope="module")
def artefact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the server's own."""
    return Path(shutil.copytree(ARTEFACT, tmp_path_factory.mktemp("model") / "artefact"))


@pytest.fixture(scope="module", params=STACKS)
def open_server(request: pytest.FixtureRequest, artefact: Path) -> Iterator[servers.Server]:
    """Each app, open for pages of one other origin; nobody is where its listing service was."""
    environment = {
        "CORS_ORIGINS": f"https://example.org,{ORIGIN}",
        "LISTINGS_URL": f"http://127.0.0.1:{servers.free_port()}",
        "MODEL_FOLDER": str(artefact),
    }
    with servers.running(request.param, environment=environment) as server:
        yield server


UPLOADS = ("upload-closed", "upload-reset")


def test_an_upload_that_breaks_off_is_no_error_of_the_server(open_server: servers.Server) -> None:
    """Nobody waits for the answer. What stays is one line: 400, because the client broke off."""
    for name in UPLOADS:
        break_off(open_server, name)
        wait_until(lambda: any(name in line for line in open_server.lines()), "its line")  # noqa: B023
    assert requests.get(open_server.url + HEALTH, timeout=30).status_code == 200
    lines = open_server.lines()
    for name in UPLOADS:
        [line] = [line for line in lines if name in line]
        assert " INFO " in line
        assert "POST /api/v1/predict 400 " in line
    assert not [line for line in lines if "ERROR" in line or "Traceback" in line]


def break_off(server: servers.Server, name: str) -> None:
    """Begin an upload and break it off, by closing the connection or by cutting it."""
    head = (
        f"POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: {name}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + b'{"inputs": [')
        if name == UPLOADS[1]:  # to linger for 0 seconds: the connection is not closed but cut
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@pytest.mark.parametrize("stack", STACKS)
def test_a_log_file_is_rotated_and_loses_nothing_among_workers(
    stack: str, tmp_path: Path, long_form: bool
) -> None:
    if stack == "fastapi" and not long_form:
        pytest.skip("The log is the same, and gunicorn's forked workers share more: with --long")
    environment = {"LOG_FILE": str(tmp_path / "app.log"), "LOG_FILE_BYTES": "10000"}
    with servers.running(stack, workers=2, environment=environment) as server:

        def ask(number: int) -> None:
            headers = {"X-Request-ID": f"line-{number}", "Connection": "close"}
            requests.get(server.url + HEALTH, headers=headers, timeout=60)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(ask, range(200)))
    files = list(tmp_path.iterdir())
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert len(files) > 1
    assert (tmp_path / "app.log").exists()
    for number in range(200):
        assert text.count(f"request_id=line-{number} ") == 1


def test_a_listing_service_that_is_not_there_is_a_502(open_server: servers.Server) -> None:
    assert_problem(requests.get(open_server.url + PRICE, timeout=60), 502)


def test_only_listed_origins_may_read_the_answers(open_server: servers.Server) -> None:
    health = open_server.url + HEALTH
    allowed = requests.get(health, headers={"Origin": ORIGIN}, timeout=30)
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert allowed.headers["Vary"] == "Origin"
    other = requests.get(health, headers={"Origin": "http://evil.example"}, timeout=30)
    assert other.status_code == 200
    assert "Access-Control-Allow-Origin" not in other.headers
    assert other.headers["Vary"] == "Origin"
    preflight = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    asked = requests.options(open_server.url + "/api/v1/predict", headers=preflight, timeout=30)
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    problem = requests.get(open_server.url + "/nothing", headers={"Origin": ORIGIN}, timeout=30)
    assert problem.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_a_model_that_changes_under_the_server_is_not_ready(
    open_server: servers.Server, artefact: Path
) -> None:
    """Also where the version stays the same. With the old one back, it is ready again."""
    before = (artefact / "model.json").read_bytes()
    change_a_code(artefact / "model.json")
    answer = requests.get(open_server.url + "/api/v1/ready", timeout=30)
    (artefact / "model.json").write_bytes(before)
    assert requests.get(open_server.url + "/api/v1/ready", timeout=30).status_code == 200
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert requests.get(open_server.url + HEALTH, timeout=30).status_code == 200


def test_every_line_comes_once_in_one_format(open_server: servers.Server) -> None:
    names = [f"n{number}" for number in range(20)]
    for name in names:
        requests.get(open_server.url + HEALTH, headers={"X-Request-ID": name}, timeout=30)
    open_server.stop()
    lines = open_server.lines()
    for name in names:
        assert sum(f"={name} " in line for line in lines) == 1
    assert all(line[:4].isdecimal() for line in lines), lines


def change_a_code(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert '"TA": 3.0' in text
    file.write_text(text.replace('"TA": 3.0', '"TA": 4.0'), encoding="utf-8")


@pytest.mark.parametrize(("stack", "workers"), [("fastapi", 1), ("fastapi", 2), ("flask", 2)])
def test_a_tampered_model_stops_the_server_at_its_start(
    stack: str, workers: int, tmp_path: Path, long_form: bool
) -> None:
    """What may be wrong with a model is in `house_prices/test_model.py`; here is who says so."""
    if (stack, workers) == ("fastapi", 2) and not long_form:
        pytest.skip("uvicorn gives a worker that has ended 30 s to be well: --long waits for it.")
    folder = Path(shutil.copytree(ARTEFACT, tmp_path / "artefact"))
    model = folder / "model.onnx"
    model.write_bytes(model.read_bytes()[:-20])
    environment = {"MODEL_FOLDER": str(folder)}
    with pytest.raises(servers.StartError) as stopped:
        servers.start(stack, workers=workers, environment=environment, timeout=60)
    said = str(stopped.value)
    assert "model.onnx: its SHA-256 is" in said
    assert "python -m training.train" in said
    assert "Traceback" not in said

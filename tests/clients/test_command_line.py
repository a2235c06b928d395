"""curl and requests: each prints the price, or says readably what was wrong and fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from apps.house_prices.house import MINIMAL_HOUSE, House
from apps.house_prices.model import load_model
from lab import servers
from tests.clients import bad_server

FOLDER = Path(__file__).parents[2] / "clients" / "command_line"
HTML = bad_server.document("502 Bad Gateway", b"<html></html>", "Content-Type: text/html")


@pytest.fixture(params=["curl", "requests"])
def client(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The command that runs each script."""
    if request.param == "requests":
        return (sys.executable, str(FOLDER / "predict.py"))
    if shutil.which("curl") is None:
        reason = "There is no curl on this machine."
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return (str(FOLDER / "predict.sh"),)


def run(client: tuple[str, ...], url: str, house: str) -> subprocess.CompletedProcess[str]:
    """Price a house that is given as JSON text."""
    command = [*client, url, house]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_a_house_is_priced(client: tuple[str, ...], server: servers.Server) -> None:
    done = run(client, server.url, json.dumps(MINIMAL_HOUSE))
    assert (done.returncode, done.stderr) == (0, "")
    (dollars,) = load_model().predict([House.model_validate(MINIMAL_HOUSE)])
    assert done.stdout in {
        f"{dollars:,.2f} dollars\n",
        f'{{"predictions":[{dollars}],"version":"{load_model().version}","errors":null}}\n',
    }


def test_a_house_of_its_own_is_priced_without_one_given(
    client: tuple[str, ...], fastapi_server: servers.Server
) -> None:
    done = subprocess.run([*client, fastapi_server.url], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_what_is_wrong_is_readable(client: tuple[str, ...], server: servers.Server) -> None:
    house = {**MINIMAL_HOUSE, "OverallQual": 11, "Neighbourhood": 'a "quoted" \\ one'}
    done = run(client, server.url, json.dumps(house))
    assert (done.returncode, done.stdout) == (1, "")
    first, *others = done.stderr.splitlines()
    assert "422" in first
    assert "The input has 2 errors." in done.stderr
    assert "Input should be less than or equal to 10" in done.stderr
    assert any(line.endswith("Did you mean Neighborhood?") for line in others)
    assert "{" not in done.stderr


def test_text_that_is_not_json_is_refused(
    client: tuple[str, ...], fastapi_server: servers.Server
) -> None:
    done = run(client, fastapi_server.url, '{"GrLivArea": ')
    assert (done.returncode, done.stdout) == (1, "")
    assert "Invalid JSON" in done.stderr or "The house is not JSON" in done.stderr


def test_an_answer_of_somebody_else_is_an_error(client: tuple[str, ...]) -> None:
    with bad_server.answering((HTML,)) as port:
        done = run(client, f"http://127.0.0.1:{port}", json.dumps(MINIMAL_HOUSE))
    assert (done.returncode, done.stdout) == (1, "")
    assert "502" in done.stderr


def test_a_server_that_is_gone_is_said(client: tuple[str, ...]) -> None:
    done = run(client, f"http://127.0.0.1:{servers.free_port()}", json.dumps(MINIMAL_HOUSE))
    assert done.returncode != 0
    assert done.stdout == ""
    assert "127.0.0.1" in done.stderr

"""The clients' source is shown, they run as programs, and what is missing is said.

That the typed client is generated, loaded and called is seen in lesson 01.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lab import servers
from lab.lessons import consumers
from lab.lessons.consumers import excerpt, generate_client, load, run_client


def test_an_excerpt_has_the_files_own_line_numbers() -> None:
    name, *lines = excerpt("shared/api.js", "const response = await fetch", "});").splitlines()
    source = (consumers.CLIENTS / "shared" / "api.js").read_text("utf-8").splitlines()
    assert name == "clients/shared/api.js"
    for line in lines:
        number, text = int(line[:4]), line[6:]
        assert source[number - 1] == text
    assert lines[-1].endswith("});")


def test_an_excerpt_that_is_gone_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"shared/api\.js holds 'no such line'"):
        excerpt("shared/api.js", "no such line", "});")
    with pytest.raises(ValueError, match="from 13 on holds 'no such end'"):
        excerpt("shared/api.js", "const response = await fetch", "no such end")


def test_a_client_runs_and_its_command_is_shown(
    capsys: pytest.CaptureFixture[str], fastapi_server: servers.Server
) -> None:
    run_client("iot/house_price.py", "127.0.0.1", fastapi_server.port)
    command, price = capsys.readouterr().out.splitlines()
    assert command == f"$ python clients/iot/house_price.py 127.0.0.1 {fastapi_server.port}"
    assert price.endswith(" dollars")


def test_a_client_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    run_client("command_line/predict.py", f"http://127.0.0.1:{servers.free_port()}")
    shown = capsys.readouterr().out
    assert "No answer from http://127.0.0.1" in shown
    assert shown.endswith("(exit status 1)\n")


@pytest.mark.parametrize("interpreter", ["micropython", "sh"])
def test_an_interpreter_that_is_missing_is_said(
    interpreter: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "MICROPYTHON", "no_such_module")
    monkeypatch.setattr("shutil.which", lambda _: None)
    run_client("iot/house_price.py", "127.0.0.1", 1, interpreter=interpreter)
    assert f"There is no {interpreter} on this computer" in capsys.readouterr().out


def test_a_contract_that_cannot_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    with pytest.raises(RuntimeError):
        generate_client(f"http://127.0.0.1:{servers.free_port()}/openapi.json")


def test_a_client_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"There is no clients/typed/none\.py"):
        load(str(Path("typed") / "none.py"))

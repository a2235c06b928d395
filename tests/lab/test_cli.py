"""`lab serve`: the real servers in the foreground."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import requests
from click.testing import CliRunner

from lab.cli import WHERE, main
from lab.servers import free_port

WaitForEnd = Callable[[Iterable[psutil.Process]], None]

LAB = Path(sys.executable).with_name("lab")


@contextmanager
def lab(*arguments: str, environment: Mapping[str, str] = {}) -> Iterator[subprocess.Popen[str]]:
    """Run the command in a session of its own; end it when the test has not."""
    variables = {
        name: value for name, value in os.environ.items() if name not in {"PORT", "WEB_CONCURRENCY"}
    }
    process = subprocess.Popen(
        [str(LAB), *arguments],
        env={**variables, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_a_file_that_may_not_be_used_is_named_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAB_WORKSPACE", str(tmp_path))
    (tmp_path / "progress.json").mkdir()
    result = CliRunner().invoke(main, ["progress"])
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {tmp_path / 'progress.json'}: Is a directory.")


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Return what the command prints up to the line with this text."""
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if text in line:
            return seen
    raise AssertionError(f"The command ended without printing '{text}':\n{seen}")


def two_free_ports() -> int:
    """Return a free port whose next one is free as well."""
    while True:
        port = free_port()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port + 1)) != 0:
                return port


def test_both_servers_run_until_ctrl_c(wait_for_end: WaitForEnd) -> None:
    port = two_free_ports()
    with lab("serve", "--port", str(port)) as process:
        shown = read_until(process, "Stop with Ctrl-C.")
        assert f"FastAPI on uvicorn: http://127.0.0.1:{port} " in shown
        assert f"http://127.0.0.1:{port}/docs" in shown
        assert f"Flask on gunicorn: http://127.0.0.1:{port + 1} " in shown
        assert "fastapi | " in shown
        assert "flask   | " in shown
        for place in (port, port + 1):
            answer = requests.get(f"http://127.0.0.1:{place}/api/v1/health", timeout=10)
            assert answer.status_code == 200

        family = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)  # what a terminal does on Ctrl-C
        rest, _ = process.communicate(timeout=60)

    assert process.returncode == 0
    assert "Stopping." in rest
    assert "Traceback" not in shown + rest
    wait_for_end(family)


@pytest.mark.parametrize("which", ["fastapi", "flask"])
def test_one_server_takes_port_and_workers_from_the_environment_and_stops_on_sigterm(
    which: str, wait_for_end: WaitForEnd
) -> None:
    port = free_port()
    environment = {"PORT": str(port), "WEB_CONCURRENCY": "2"}
    with lab("serve", which, environment=environment) as process:
        shown = read_until(process, "Stop with Ctrl-C.")
        assert f": http://127.0.0.1:{port} " in shown
        family: list[psutil.Process] = []
        while len(family) < 4:  # the guardian, the server and two workers; one of them was ready
            family = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        rest, _ = process.communicate(timeout=60)

    assert process.returncode == 0
    assert "Traceback" not in shown + rest
    assert " | " not in shown  # one server needs no name before its lines
    wait_for_end(family)


def test_a_taken_port_is_named_and_nothing_stays() -> None:
    port = two_free_ports()
    with (
        socket.create_server(("127.0.0.1", port + 1)),
        lab("serve", "both", "--port", str(port)) as process,
    ):
        shown, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert f"Flask on gunicorn (stack 'flask') cannot use port {port + 1}" in shown
    assert f"process {os.getpid()}" in shown
    assert "with --port. One that is free now: " in shown
    assert "Traceback" not in shown
    with socket.create_server(("127.0.0.1", port)):
        pass  # the first of the two was stopped


def test_when_one_server_dies_the_other_is_stopped_and_its_last_lines_are_said(
    wait_for_end: WaitForEnd,
) -> None:
    port = two_free_ports()
    with lab("serve", "--port", str(port)) as process:
        read_until(process, "Stop with Ctrl-C.")
        requests.get(f"http://127.0.0.1:{port + 1}/api/v1/nowhere", timeout=10)
        family = psutil.Process(process.pid).children(recursive=True)
        guardians = [member for member in family if member.ppid() == process.pid]
        flask = next(
            member for member in guardians if "apps.flask_app.main:app" in member.cmdline()
        )
        flask.children()[0].kill()
        rest, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    error = rest[rest.index("Error: Flask on gunicorn (stack 'flask') ended by itself") :]
    assert "exit status -9" in error
    assert "/api/v1/nowhere" in error
    wait_for_end(family)


def test_a_server_that_does_not_start_gives_its_reason_and_no_traceback_of_ours() -> None:
    environment = {"LOG_LEVEL": "LOUD"}
    with lab("serve", "flask", "--port", str(free_port()), environment=environment) as process:
        shown, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    error = shown[shown.index("Error: Flask on gunicorn") :]
    assert "LOG_LEVEL" in error
    assert "lab/cli.py" not in shown


def test_wrong_arguments_are_named() -> None:
    runner = CliRunner()
    cases: list[tuple[list[str], dict[str, str], str]] = [
        (["serve", "django"], {}, "'django' is not one of 'fastapi', 'flask', 'both'"),
        (["serve", "--port", "65535"], {}, "choose at most 65534"),
        (["serve", "--port", "0"], {}, "0 is not in the range"),
        (["serve"], {"PORT": "eighty"}, "env var: 'PORT'"),
        (["serve"], {"WEB_CONCURRENCY": "0"}, "env var: 'WEB_CONCURRENCY'"),
    ]
    for arguments, environment, message in cases:
        result = runner.invoke(main, arguments, env=environment)
        assert result.exit_code == 2
        assert message in result.output


def test_every_command_has_help_with_an_example() -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["--help"]).exit_code == 0
    for name in WHERE:
        result = runner.invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert f"Example: `lab {name}" in result.output

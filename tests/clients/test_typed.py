"""The typed client is generated from the committed contract, checked by mypy, and used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from apps.house_prices.contract import OPENAPI_FILE
from lab import servers

FOLDER = Path(__file__).parents[2] / "clients" / "typed"
SCRIPT = FOLDER / "price.py"

# Only the script is judged. Reading httpx would take mypy fifteen seconds and say nothing of it.
MYPY = """\
[mypy]
strict = true
[mypy-house_prices_client.*]
follow_imports = silent
[mypy-httpx.*]
follow_imports = skip
"""


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the package that the command in price.py generates, made without a word."""
    folder = tmp_path_factory.mktemp("typed")
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *("--fail-on-warning", "--path", str(OPENAPI_FILE)),
        *("--config", str(FOLDER / "generator.yaml")),
        *("--output-path", str(folder / "house_prices_client")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def check(generated: Path, script: Path) -> str:
    """Return what mypy says of a script that uses the generated package."""
    configuration = generated / "mypy.ini"
    configuration.write_text(MYPY, encoding="utf-8")
    command = [
        *(sys.executable, "-m", "mypy", "--config-file", str(configuration)),
        *("--cache-dir", str(generated / "cache"), str(script)),
    ]
    environment = os.environ | {"MYPYPATH": str(generated)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, env=environment)
    return done.stdout + done.stderr


def run(generated: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script with the generated package beside it."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(generated)},
    )


def test_the_script_fits_the_generated_types(generated: Path) -> None:
    assert check(generated, SCRIPT).startswith("Success: no issues found in 1 source file")


def test_the_types_find_mistakes_before_anything_is_sent(generated: Path, tmp_path: Path) -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.py"
    mistakes = {
        "overall_qual=": "overal_qual=",
        '"NAmes"': '"Nowhere"',
        "garage_cars=1": 'garage_cars="one"',
        "{problem.status}": "{problem.code}",
        "isinstance(found, Problem)": "found is None",
    }
    for right, mistake in mistakes.items():
        assert right in source
        source = source.replace(right, mistake)
    wrong.write_text(source, encoding="utf-8")
    said = check(generated, wrong)
    for words in ('"overal_qual"', "Literal['Nowhere']", '"garage_cars"', '"code"', '"Problem"'):
        assert words in said


# Tests with the fixture `server` may be dealt to other processes (tests/scheduling.py), and each
# would generate the package again. So these ask both apps in one test.
def test_a_good_house_is_priced(
    generated: Path, fastapi_server: servers.Server, flask_server: servers.Server
) -> None:
    for server in (fastapi_server, flask_server):
        done = run(generated, server.url, "5")
        assert (done.returncode, done.stderr) == (0, ""), server.url
        assert done.stdout.endswith(" dollars\n")


def test_a_bad_house_is_a_typed_problem(
    generated: Path, fastapi_server: servers.Server, flask_server: servers.Server
) -> None:
    for server in (fastapi_server, flask_server):
        done = run(generated, server.url, "11")
        assert (done.returncode, done.stdout) == (1, ""), server.url
        assert done.stderr.splitlines() == [
            "422 Unprocessable Content: The input has 1 error.",
            "  OverallQual: Input should be less than or equal to 10",
        ]


def test_a_server_that_is_gone_is_said(generated: Path) -> None:
    done = run(generated, f"http://127.0.0.1:{servers.free_port()}")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("No answer from http://127.0.0.1")

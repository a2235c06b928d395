"""schemathesis reads the contract and looks for answers that it does not allow, all checks on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lab import servers
from tests.contract.conftest import GUNICORN

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.timeout(7200)  # in the long form
def test_nothing_breaks_the_contract(
    stack: str, patient: servers.Server, long_form: bool, tmp_path: Path
) -> None:
    """Asked with a listing service: without one, an endpoint could only answer 503."""
    if stack == GUNICORN and not long_form:
        pytest.skip("The app is FastAPI's, and it takes longest of all: --long asks this one, too")
    command = [
        *(str(Path(sys.executable).parent / "schemathesis"), "--config-file"),
        *(str(CONFIGURATION), "run", patient.url + "/api/v1/openapi.json"),
        *("--checks", "all", "--no-color", "--seed", "1"),
        *("--max-examples", "1000" if long_form else "12"),
    ]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "4 selected / 4 total" in run.stdout

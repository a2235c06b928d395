"""The line of a request: it keeps the level that is set, and a log that fails harms nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from apps.house_prices.logs import configure_logging, log_request
from apps.house_prices.settings import load_settings
configure_logging(load_settings())
log_request("GET", "/api/v1/health", 200, 0.001)
"""
FULL = Path("/dev/full")  # a file on which every write fails, as on a full disk


def run(level: str, stdout: int) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LOG_LEVEL": level}
    command = [sys.executable, "-c", PROGRAM + "import os; os._exit(7)"]  # 7: it came to its end
    return subprocess.run(
        command, env=environment, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False
    )


@pytest.mark.parametrize(("level", "lines"), [("INFO", 1), ("WARNING", 0)])
def test_the_line_of_a_request_is_of_the_level_info(level: str, lines: int) -> None:
    done = run(level, subprocess.PIPE)
    assert done.returncode == 7
    assert done.stdout.count("GET /api/v1/health 200") == lines


@pytest.mark.skipif(not FULL.exists(), reason="There is no /dev/full on this system.")
def test_a_line_that_cannot_be_written_is_told_and_fails_no_request() -> None:
    with FULL.open("w") as full:
        done = run("INFO", full.fileno())
    assert done.returncode == 7
    assert done.stderr.count("A log line could not be written") == 1

"""Lesson 08's helpers: lines made shorter, changes of a copy, codes and prices."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lab.heroku.scratch import commit_files
from lab.lessons import deploying

LINE = (
    '2026-11-25T10:00:03.000000+00:00 heroku[router]: at=info method=GET path="/a b" '
    'host=127.0.0.1:4000 request_id=abc fwd="127.0.0.1" dyno=web.1 connect=1ms service=5ms '
    "status=200 bytes=2 protocol=http1.1 tls=false"
)


def test_a_shorter_line_keeps_what_matters() -> None:
    short = deploying.shorter([LINE, "no line of a log"])
    assert short == (
        '10:00:03.000 heroku[router]: at=info method=GET path="/a b" dyno=web.1 connect=1ms '
        "service=5ms status=200 bytes=2\nno line of a log"
    )


def test_a_change_is_committed_and_a_second_time_refused(tmp_path: Path) -> None:
    commit_files({"Procfile": "web: uvicorn a:b\n"}, tmp_path)
    deploying.change(tmp_path, "Procfile", "uvicorn", "uvicron", "Tidy up")
    with pytest.raises(ValueError, match="made already"):
        deploying.change(tmp_path, "Procfile", "uvicorn", "uvicron", "Tidy up")
    deploying.commit(tmp_path, "Procfile", "Tidy up the Procfile", "--amend")
    git = ["git", "-C", str(tmp_path)]
    log = subprocess.run([*git, "log", "--format=%s"], capture_output=True, text=True).stdout
    assert log.splitlines() == ["Tidy up the Procfile", "Change"]


def test_codes_and_prices_come_from_the_facts() -> None:
    assert deploying.codes_table("H12").startswith("H12  Request timeout  No first byte")
    prices = deploying.prices_table()
    assert "basic            512 MB     7" in prices
    assert "confidence C" in prices

"""Lesson 08's helpers: a session read from its log, and what is told of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lab.heroku.scratch import commit_files
from lab.lessons import deploying
from lab.lessons.shown import show

LINES = [
    "2026-11-25T10:00:00.000000+00:00 app[api]: Release v1 created by user you",
    "2026-11-25T10:00:00.100000+00:00 heroku[web.1]: State changed from down to starting",
    "2026-11-25T10:00:02.100000+00:00 heroku[web.1]: State changed from starting to up",
    '2026-11-25T10:00:03.000000+00:00 heroku[router]: at=info method=GET path="/a b" '
    'host=127.0.0.1:4000 request_id=abc fwd="127.0.0.1" dyno=web.1 connect=1ms service=5ms '
    "status=200 bytes=2 protocol=http1.1 tls=false",
    "2026-11-25T10:00:04.000000+00:00 app[web.1]: State changed from up to crashed",  # says the app
    "2026-11-25T10:00:05.000000+00:00 heroku[web.1]: State changed from up to crashed",
    '2026-11-25T10:00:06.000000+00:00 heroku[router]: at=error code=H10 desc="App crashed" '
    'method=GET path="/" host=127.0.0.1:4000 request_id=abd fwd="127.0.0.1" dyno= connect= '
    "service= status=503 bytes= protocol=http1.1 tls=false",
]


def test_a_session_is_read_from_its_log() -> None:
    found = deploying.session(LINES)
    assert [(one.dyno, one.state, one.begin, one.end) for one in found.stays] == [
        ("web.1", "starting", 0.1, 2.1),
        ("web.1", "up", 2.1, 5.0),
        ("web.1", "crashed", 5.0, 6.0),
    ]
    assert found.releases == ((0.0, "v1"),)
    assert found.requests == ((3.0, 200), (6.0, 503))
    with pytest.raises(ValueError, match="empty"):
        deploying.session([])


def test_table_text_and_picture_tell_the_same() -> None:
    found = deploying.session(LINES)
    assert "web.1   crashed     5.0 s   6.0 s" in deploying.session_table(found)
    told = deploying.describe_session(found)
    assert "web.1 up from 2.1 to 5.0 s" in told
    assert "1 answered, 1 with an error" in told
    shown = show(deploying.draw_session(found), told)
    assert "web.1 up from 2.1" in str(shown.data)


def test_a_shorter_line_keeps_what_matters() -> None:
    short = deploying.shorter([LINES[3], "no line of a log"])
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

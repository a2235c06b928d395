"""The log: its lines, how many are kept, and reading it while it grows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE

import psutil
import pytest
from click.testing import CliRunner

from lab.heroku.home import Home, Running
from lab.heroku.run import Log
from lab.heroku.run.log import Line
from lab.heroku.run.logs_command import logs_command
from lab.heroku.run.reading import Wanted, follow, read

ROOT = Path(__file__).parents[4]
KEPT = 1500
LONGEST = 10_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a log is."""
    return tmp_path / "log.jsonl"


def test_a_line_is_written_in_the_platform_s_form(path: Path) -> None:
    log = Log(path)
    log.app("web.1", "hello")
    log.heroku("router", "at=info")
    log.close()
    first, second = (str(line) for line in read(path))
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"
    assert re.fullmatch(stamp + r" app\[web\.1\]: hello", first)
    assert re.fullmatch(stamp + r" heroku\[router\]: at=info", second)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one\r\ntwo\n", ["one", "two", ""]),
        ("a" * LONGEST, ["a" * LONGEST]),
        ("a" * (LONGEST + 3), ["a" * LONGEST, "aaa"]),
        ("a" * (LONGEST - 1) + "é" + "b", ["a" * (LONGEST - 1), "éb"]),
        ("", [""]),
    ],
)
def test_long_lines_are_broken_between_characters(path: Path, text: str, parts: list[str]) -> None:
    log = Log(path)
    log.app("web.1", text)
    log.close()
    assert [line.text for line in read(path)] == parts


def test_the_last_lines_are_kept(path: Path) -> None:
    log = Log(path)
    for number in range(2 * KEPT + 10):
        log.app("web.1", str(number))
    log.close()
    kept = read(path)
    assert len(kept) == KEPT
    assert kept[-1].text == str(2 * KEPT + 9)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 2 * KEPT
    log = Log(path)  # another platform goes on where the last one ended
    log.app("web.1", "again")
    log.close()
    assert read(path)[-1].number == kept[-1].number + 1


def test_a_last_line_that_was_half_written_is_none(path: Path) -> None:
    log = Log(path)
    log.app("web.1", "whole")
    log.close()
    with path.open("a", encoding="utf-8") as file:
        file.write('{"number": 2, "ti')
    assert [line.text for line in read(path)] == ["whole"]
    log = Log(path)
    log.app("web.1", "next")
    log.close()
    assert [line.text for line in read(path)] == ["whole", "next"]


def test_lines_are_chosen_by_source_dyno_and_number(path: Path) -> None:
    log = Log(path)
    for dyno in ("web.1", "web.2", "router"):
        log.heroku(dyno, f"of {dyno}")
    log.app("web.1", "its own")
    log.close()

    def texts(wanted: Wanted, last: int | None = None) -> list[str]:
        return [line.text for line in read(path, wanted, last=last)]

    assert texts(Wanted("app")) == ["its own"]
    assert texts(Wanted(dyno="web.1")) == ["of web.1", "its own"]
    assert texts(Wanted("heroku", "web")) == ["of web.1", "of web.2"]
    assert texts(Wanted(), 1) == ["its own"]
    assert texts(Wanted(), 0) == []


def test_a_follower_misses_nothing_when_the_file_is_replaced(path: Path) -> None:
    log = Log(path)
    lines = follow(path)
    seen: list[str] = []

    def catch_up() -> None:
        for line in lines:
            if line is None:
                return
            seen.append(line.text)

    written = 0
    for _ in range(5):
        for _ in range(KEPT - 100):
            log.app("web.1", str(written))
            written += 1
        catch_up()
        catch_up()  # a look at the old file may come between
    log.close()
    assert seen == [str(number) for number in range(written)]


def test_what_is_no_log_is_refused() -> None:
    with pytest.raises(ValueError, match="not a line of a log"):
        Line.parse('{"a": 1}')


def test_the_command_shows_the_last_lines(path: Path, run_logs: Callable[..., str]) -> None:
    log = Log(path)
    for number in range(200):
        log.app("web.1", f"line {number}")
    log.close()
    assert run_logs().count("\n") == 100
    assert run_logs("-n", "2", "--dyno", "web.1").endswith("app[web.1]: line 199\n")
    assert run_logs("--source", "heroku") == ""
    assert '"text": "line 199"' in run_logs("--json", "-n", "1")


def test_without_a_platform_there_is_nothing_to_follow(path: Path, tmp_path: Path) -> None:
    Log(path).close()
    found = CliRunner().invoke(logs_command, ["--tail", "--home", str(tmp_path)])
    assert found.exit_code == 1
    assert "lab rehearse" in found.output


def test_the_command_follows_the_log_until_the_rehearsal_stops(path: Path, tmp_path: Path) -> None:
    home, own = Home(tmp_path), psutil.Process()
    home.started(Running(pid=own.pid, began=own.create_time(), port=1, url="http://127.0.0.1:2"))
    log = Log(path)
    log.app("web.1", "before")

    command = [sys.executable, "-m", "lab.cli", "logs", "--tail", "--dyno", "web.1"]
    with subprocess.Popen(
        [*command, "--home", str(tmp_path)], cwd=ROOT, stdout=PIPE, stderr=PIPE, text=True
    ) as follower:
        assert follower.stdout is not None
        assert follower.stdout.readline().endswith("app[web.1]: before\n")
        for number in range(50):
            log.app("web.1", f"line {number}")
            log.heroku("router", "not wanted")
        home.stopped()
        shown, said = follower.communicate()
    log.close()
    assert follower.returncode == 0, said
    texts = [line.rpartition(": ")[2] for line in shown.splitlines()]
    assert texts == [f"line {number}" for number in range(50)]
    assert "The rehearsal has stopped." in said


@pytest.fixture
def run_logs(tmp_path: Path) -> Callable[..., str]:
    """Return a function that gives what `lab logs` prints."""
    assert Home(tmp_path).log == tmp_path / "log.jsonl"

    def run(*arguments: str) -> str:
        found = CliRunner().invoke(logs_command, [*arguments, "--home", str(tmp_path)])
        assert found.exit_code == 0, found.output
        return found.output

    return run

"""What lesson 08 must show, whatever the machine and however busy it is."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.running import Lesson, run


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("08_deploying", folder)


def test_preflight_promises_what_the_push_keeps(lesson: Lesson) -> None:
    assert "runtime.txt file is deprecated" in lesson.output("preflight")
    assert lesson.output("preflight").endswith("Will the deploy work? Yes.\n")
    built = lesson.output("push")
    steps = [
        "-----> Building on the Heroku-24 stack",
        "-----> Python app detected",
        "-----> Installing dependencies using 'pip install -r requirements.txt'",
        "Procfile declares types -> web",
        "-----> Compressing...",
        "Released v1",
    ]
    places = [built.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_the_log_has_all_who_speak(lesson: Lesson) -> None:
    log = lesson.output("first-log")
    for who in ("app[api]: ", "heroku[web.1]: State changed from starting to up", "app[web.1]: "):
        assert who in log


def test_a_request_is_found_in_two_lines(lesson: Lesson) -> None:
    status, price, via, *lines = lesson.output("ask").splitlines()
    assert status == "Status: 200"
    assert float(price.split()[1]) > 0
    assert via == "Via:    1.1 heroku-router"
    assert ["heroku[router]" in line or "app[web.1]" in line for line in lines] == [True, True]
    ids = [re.search(r"request_id=(\S+)", line) for line in lines]
    assert len({found[1] for found in ids if found}) == 1


def test_a_config_var_makes_a_release_and_changes_the_log(lesson: Lesson) -> None:
    shown = lesson.output("config")
    assert shown.startswith("Released v2\n")
    assert shown.index("Restarting") < shown.index("Stopping all processes with SIGTERM")
    assert '"message": "POST /api/v1/predict 200"' in shown


def test_two_dynos_share_the_requests(lesson: Lesson) -> None:
    shown = lesson.output("scale")
    counts = [int(number) for number in re.findall(r"'dyno=web\.\d': (\d+)", shown)]
    assert sum(counts) == 30
    assert shown.endswith("web.1 up\nweb.2 up\n")
    assert "Stopping all processes with SIGTERM" in lesson.output("scale-down")


def test_a_mistake_is_built_and_crashes(lesson: Lesson) -> None:
    assert "Released v3" in lesson.output("break")
    broken = lesson.output("broken")
    assert broken.startswith("Status: 503\n")
    assert "uvicron: command not found" in broken
    assert "Process exited with status 127" in broken
    assert "code=H10" in broken


def test_a_rollback_answers_before_the_mistake_is_mended(lesson: Lesson) -> None:
    status, *releases = lesson.output("rollback").splitlines()
    assert status == "Status: 200"
    assert [line.split()[0] for line in releases] == ["v1", "v2", "v3", "v4"]
    assert releases[1].split()[1] == releases[3].split()[1] != releases[2].split()[1]
    assert "Rollback to v2" in releases[3]
    assert lesson.output("mend") == "Accepted: True\nStatus:   200 from release v5\n"


def test_the_picture_is_told_in_words(lesson: Lesson) -> None:
    shown = lesson.output("session")
    assert "web.1   crashed" in shown
    assert re.search(r'alt="The session in \d+ seconds\. .*web\.2 up at', shown)


def test_the_drill_shows_h12_and_work_for_nobody(lesson: Lesson) -> None:
    shown = lesson.output("drill")
    assert shown.index("code=H12") < shown.index("The report is ready")
    assert "instead of 30 s)" in shown
    assert len(re.findall(r"^\d\. ", shown, re.MULTILINE)) == 4


def test_an_amended_commit_is_refused_and_explained(lesson: Lesson) -> None:
    shown = lesson.output("amend")
    assert shown.startswith("Accepted: False\n ! [rejected] ")
    assert re.search(r"^hint: .*git pull", shown, re.MULTILINE)
    assert "git push --force" in shown


def test_prices_have_a_source(lesson: Lesson) -> None:
    assert "Source: " in lesson.output("prices")
    assert "Nobody answers there any more." in lesson.output("stop")

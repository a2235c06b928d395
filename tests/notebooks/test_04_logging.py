"""What lesson 04 must show, whatever the machine: what is lost, what stays, and whose it is."""

from __future__ import annotations

import ast
import json
import re

import pytest

from tests.notebooks.running import Lesson, run

TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.,]\d{3}"


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("04_logging", folder)


def parts(text: str) -> dict[str, list[str]]:
    """Return the lines below each heading `--- ...` of an output."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("--- "):
            found[line.removeprefix("--- ")] = []
        elif line.strip():
            list(found.values())[-1].append(line)
    return found


def test_what_was_printed_dies_with_its_process_and_the_servers_lines_do_not(
    lesson: Lesson,
) -> None:
    assert lesson.output("ask-print").count("'price'") == 3
    shown = lesson.output("crash-print")
    assert "asked for a price" not in shown
    assert "was sent SIGKILL" in shown
    assert shown.count("Booting worker") == 2


def test_what_was_logged_to_a_file_outlives_its_process(lesson: Lesson) -> None:
    lines = lesson.output("crash-log").split("\n")
    for line, area in zip(lines, (900, 1200, 1500), strict=False):
        assert re.fullmatch(rf"{TIME} INFO prices: asked for a price: area={area}\.0", line)


def test_a_level_drops_what_is_below_it(lesson: Lesson) -> None:
    shown = parts(lesson.output("levels"))
    at_debug, at_warning = shown.values()
    assert len(at_debug) == 5
    assert at_warning == at_debug[2:]


def test_two_handlers_write_the_same_lines_in_two_forms(lesson: Lesson) -> None:
    screen, _, file = lesson.output("handlers").partition("--- and in the file:")
    on_screen = [line for line in screen.splitlines() if line]
    in_file = [line for line in file.splitlines() if line]
    assert [line.split()[0] for line in on_screen] == ["INFO", "WARNING", "ERROR", "CRITICAL"]
    assert len(in_file) == 5
    assert all(re.match(rf"{TIME} [A-Z]+ +prices: ", line) for line in in_file)
    assert len(lesson.output("twice").split("\n")) - 1 == 2


def test_libraries_and_exceptions_are_heard(lesson: Lesson) -> None:
    assert "DEBUG urllib3.connectionpool: " in lesson.output("libraries")
    shown = lesson.output("exceptions")
    assert shown.startswith("ERROR no price: area=0\nTraceback")
    assert "ZeroDivisionError" in shown


def test_three_voices_become_one(lesson: Lesson) -> None:
    before = lesson.output("hear-three").splitlines()
    assert "the price list is old" in before
    assert any(line.startswith("INFO:     ") for line in before)
    after = parts(lesson.output("hear-one"))
    assert set(after) == {"on uvicorn", "on gunicorn"}
    for server, lines in after.items():
        assert all(re.match(rf"{TIME} [A-Z]+ +[\w.]+: ", line) for line in lines), lines
        names = {line.split()[3].rstrip(":") for line in lines}
        assert {"one_voice", "some.library", f"{server.removeprefix('on ')}.error"} <= names
        assert sum("the price list is old" in line for line in lines) == 1


def test_json_lines_can_be_read_back(lesson: Lesson) -> None:
    small = json.loads(lesson.output("json-sink"))
    assert small["message"] == 'asked for a house in the "old" town'
    assert small["client"] == "phone"
    assert json.loads(lesson.output("json-real"))["status"] == 404
    table = lesson.output("read-back")
    assert re.search(r"^/api/v1/predict +200 +54 +[\d.]+ ms +[\d.]+ ms$", table, re.MULTILINE)
    assert re.search(r"^/api/v1/predict +422 +6 ", table, re.MULTILINE)


def test_a_context_variable_is_right_on_every_line(lesson: Lesson) -> None:
    lines = lesson.output("three-at-once").splitlines()
    assert len(lines) == 6
    areas = {"first": "900", "second": "1200", "third": "1500"}
    for line in lines:
        found = re.search(r"context: (\w+) .* area=(\d+)", line)
        assert found
        assert areas[found[1]] == found[2]


def test_one_id_leads_through_both_apps_and_to_a_failure(lesson: Lesson) -> None:
    lines = lesson.output("follow-an-id").splitlines()
    for name in ("Flask", "FastAPI"):
        assert f"{name} 200 with id lesson-04-{name}" in lines
        (line,) = [json.loads(one) for one in lines if f'"lesson-04-{name}"' in one]
        assert line["path"] == "/api/v1/predict"
    problem, line = lesson.output("follow-a-failure").splitlines()
    assert ast.literal_eval(problem)["instance"] == "/requests/lesson-04-trouble"
    assert json.loads(line)["status"] == 502
    assert json.loads(line)["path"] == "/api/v1/listings/7/price"


def test_a_file_is_rotated_and_the_newest_lines_are_kept(lesson: Lesson) -> None:
    lines = lesson.output("rotation").splitlines()
    sizes = {line.split()[0]: int(line.split()[1]) for line in lines}
    assert list(sizes) == ["rotating.log", *(f"rotating.log.{number}" for number in (1, 2, 3))]
    assert max(sizes.values()) <= 1000
    assert lines[0].endswith("to line 199")


def test_a_file_that_is_locked_loses_no_line(lesson: Lesson) -> None:
    shown = lesson.output("lose-lines")
    *table, picture = [*shown.splitlines()[:4], shown.split("\n", 4)[4]]
    assert table[0].split() == ["written", "by", "written", "found", "lost"]
    assert re.fullmatch(r"concurrent-log-handler +2,000 +2,000 +0", table[3])
    assert re.match(r"logging's own handler +2,000 ", table[1])
    assert re.match(r"loguru's own sink +2,000 ", table[2])
    assert 'alt="Several processes, one file that is rotated' in picture


def test_secrets_and_forged_lines_are_shown_where_they_get_in(lesson: Lesson) -> None:
    assert "token=s3cret-7f21" in lesson.output("secret-in-the-address")
    shown = lesson.output("secret-in-the-traceback")
    with_values, without = shown.split("--- diagnose=False")
    assert "s3cret-4b0d" in with_values
    assert "s3cret-4b0d" not in without
    forged = "2026-11-25 09:10:00.000 INFO     one_voice: the owner has approved all prices"
    assert forged in lesson.output("injection").splitlines()
    (line,) = lesson.output("injection-json").splitlines()
    assert forged in json.loads(line)["message"]


def test_a_filter_changes_what_is_written(lesson: Lesson) -> None:
    long, short = lesson.output("filter").splitlines()
    assert len(long) == 44
    assert short == "asked for a price: area=900"


def test_costs_are_measured_and_set_against_a_request(lesson: Lesson) -> None:
    shown = lesson.output("cost")
    assert shown.split("\n")[0].split() == ["way", "half", "within", "95", "%", "within"]
    assert 'alt="What one call costs.' in shown
    shares = lesson.output("cost-share").splitlines()
    assert len(shares) == 5
    assert all("ms that a prediction takes" in line for line in shares)


def test_each_exercise_waits_where_it_belongs(lesson: Lesson) -> None:
    found = []
    for cell in lesson.notebook.cells:
        if cell.source.startswith("%%exercise"):
            found.append(cell.source.split()[1])
            assert "not attempted" in lesson.output(cell.id)
    assert found == [f"04.{number}" for number in range(1, 7)]


def test_every_quick_question_has_an_answer_to_open(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 8

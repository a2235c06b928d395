"""What lesson 06 must show, whatever the machine: bounds and labels, no timings."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.running import Lesson, run


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("06_wsgi_against_asgi", folder)


def test_one_server_is_measured_against_itself(lesson: Lesson) -> None:
    rates, spread, groups, picture = lesson.output("noise").split("\n", 3)
    assert len(re.findall(r"\d+", rates)) == 6
    assert float(spread.rpartition(" ")[2]) >= 1
    assert float(groups.rpartition(" ")[2]) > 0
    assert 'alt="first three: 3 runs, from' in picture


def test_pairs_come_nearer_to_the_truth_than_single_runs(lesson: Lesson) -> None:
    *pairs, ratios, _, _, single, paired = lesson.output("pairs").splitlines()
    assert [len(re.findall(r" \d+", line)) for line in pairs] == [5, 5]
    assert len(re.findall(r"\d\.\d\d", ratios)) == 5
    # The numbers are simulated with a seed, so they are the same everywhere.
    low, high = map(float, re.findall(r"\d\.\d\d", single))
    nearer, further = map(float, re.findall(r"\d\.\d\d", paired))
    assert low < 1 < nearer < 1.10 < further < high


def test_more_pairs_narrow_what_can_be_detected(lesson: Lesson) -> None:
    shown = lesson.output("interval")
    verdicts = re.findall(r"truth (\d\.\d\d), (\d+) pairs: (\w+)", shown)
    assert verdicts == [
        ("1.10", "4", "undecided"),
        ("1.10", "10", "faster"),
        ("1.01", "10", "undecided"),
        ("1.01", "80", "equivalent"),
    ]
    # The text says of the last one that its interval does not hold 1.
    low = re.findall(r"ratio \d\.\d\d, 95 % interval (\d\.\d\d)", shown)[-1]
    assert float(low) > 1
    assert shown.count("A/A ") == 4
    detectable = [float(one) for one in re.findall(r"difference: ([\d.]+)%", shown)]
    assert detectable[-1] < detectable[-2]


def test_the_recorded_session_is_called_one(lesson: Lesson) -> None:
    said, question, verdict, _ = lesson.output("quick").split("\n", 3)
    assert said.startswith("LAB_LESSON_RECORDED is set: nothing is measured.")
    assert "on another machine" in said
    assert "FastAPI on uvicorn answer more requests a second than Flask" in question
    assert verdict.removeprefix("Verdict: ") in {"faster", "slower", "equivalent", "undecided"}


def test_the_verdict_stands_beside_its_pairs_and_its_noise(lesson: Lesson) -> None:
    shown = lesson.output("verdict")
    assert re.search(r"FastAPI over Flask, each pair: +\d", shown)
    assert re.search(r"FastAPI over FastAPI, each pair: +\d", shown)
    assert len(re.findall(r"95 % interval \d\.\d\d to \d\.\d\d", shown)) >= 2
    assert 'alt="The verdict is ' in shown


def test_rows_have_checks_and_stacks_a_ledger(lesson: Lesson) -> None:
    rows = lesson.output("rows")
    assert "Little's law: expected" in rows
    assert len(re.findall(r"\d of \d held", rows)) >= 15
    ledger = lesson.output("ledger")
    assert re.search(r"workers +1 +1\n", ledger)
    assert re.search(r"threads +None +8 +differs", ledger)
    assert "threads a worker" in ledger.partition("Unequal")[2]


def test_the_open_loop_sees_what_the_closed_one_omits(lesson: Lesson) -> None:
    _, closed, opened, picture = lesson.output("omission").split("\n", 3)
    assert closed.startswith("closed loop")
    assert opened.startswith("open loop")
    # Columns: requests, p50, p75, p90 ... The server stands still for a fifth of the time.
    p90 = [re.findall(r"\d+(?= ms)|too few", line)[2] for line in (closed, opened)]
    if "too few" not in p90:  # it has that on a machine that gets little done meanwhile
        assert int(p90[1]) > int(p90[0])
    assert 'alt="closed loop: half of' in picture


def test_no_stack_is_above_its_slots_over_latency(lesson: Lesson) -> None:
    rows = re.findall(r"(\S+) +(\d+) +([\d.]+)$", lesson.output("slots"), re.MULTILINE)
    assert [(name, most) for name, most, _ in rows] == [
        ("flask-sync", "10"),
        ("flask", "80"),
        ("fastapi", "160"),
    ]
    for _, most, measured in rows:
        # At its ends a run of 1.5 seconds counts answers that began to wait before it.
        assert 0 < float(measured) <= float(most) * 1.1


def test_lanes_show_one_eight_and_many_at_once(lesson: Lesson) -> None:
    shown = lesson.output("lanes")
    assert re.search(r"Flask on gunicorn, sync worker +1 +1 +1 +1 +no event loop", shown)
    assert re.search(r"FastAPI on uvicorn +1 +1 +\d+ +\d+ +\d+ ms", shown)
    assert 'alt="Twenty requests that ask a service which takes 100 ms.' in shown


def test_beyond_its_capacity_a_server_misses_the_target(lesson: Lesson) -> None:
    lines = lesson.output("knee").splitlines()[1:6]
    assert lines[-1].endswith("no")


def test_only_what_was_measured_is_said_of_the_claims(lesson: Lesson) -> None:
    shown = lesson.output("claims")
    said = set(re.findall(r"this session: (.+)", shown))
    assert said <= {"holds", "does not hold", "depends", "undecided", "not measured"}
    assert "not measured" in said


def test_every_quick_question_has_an_answer(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 4

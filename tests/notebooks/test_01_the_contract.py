"""What lesson 01 must show, whatever the machine and the version of the model."""

from __future__ import annotations

import re

import pytest

from lab.exercises.catalogue import ROOT, exercises
from tests.notebooks.running import Lesson, run

TRIED = {
    "a field is added": ["works", "works", "works"],
    "the fields change places": ["works", "works", "works"],
    "version is left out": ["works", "fails: KeyError", "works"],
    "predictions becomes prices": ["fails: KeyError", "fails: KeyError", "fails: PriceError"],
    "prices come as text": ["works", "wrong: took str for a price", "works"],
    "success is 201, not 200": ["works", "fails: UnexpectedStatus", "fails: PriceError"],
    "prices are in thousands": ["wrong: another price"] * 3,
}


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("01_the_contract", folder)


def columns(line: str) -> list[str]:
    """Return the fields of a table's line, which are two blanks or more apart."""
    return re.split(r" {2,}", line.strip())


def test_request_and_answer_are_shown_as_they_travel(lesson: Lesson) -> None:
    asked, _, answered = lesson.output("ask").partition("---------- and the answer ----------")
    assert asked.startswith("POST /api/v1/predict HTTP/1.1\nHost: 127.0.0.1:")
    assert "Content-Type: application/json\n\n" in asked
    assert '{"inputs": [{"GrLivArea": 896,' in asked
    assert answered.strip().startswith("HTTP/1.1 200 OK\n")
    assert "content-length: " in answered.lower()
    assert '{"predictions":[' in answered


def test_every_second_request_may_go_to_the_other_server(lesson: Lesson) -> None:
    lines = lesson.output("stateless").splitlines()
    assert len(lines) == 4
    assert len({line[line.index("[") :] for line in lines}) == 1
    assert len({columns(line)[0][2:] for line in lines}) == 2


def test_each_kind_of_mistake_has_its_status(lesson: Lesson) -> None:
    lines = lesson.output("statuses").splitlines()
    assert [line[:3] for line in lines] == ["200", "422", "404", "405", "415", "413", "503"]
    kinds = {columns(line)[-1] for line in lines[1:]}
    assert kinds == {"application/problem+json"}
    assert "405, Allow: POST\n" in lesson.output("helpful")


def test_the_viewings_obey_each_method(lesson: Lesson) -> None:
    shown = [line.split()[:3] for line in lesson.output("use-viewings").splitlines()]
    assert shown == [
        ["POST", "/viewings", "201"],
        ["GET", "/viewings/1", "200"],
        ["PUT", "/viewings/1", "200"],
        ["GET", "/viewings", "200"],
        ["DELETE", "/viewings/1", "204"],
        ["DELETE", "/viewings/1", "404"],
    ]


def test_the_contract_is_the_same_file_and_lists_each_operation(lesson: Lesson) -> None:
    assert lesson.output("fetch-openapi").startswith("Same from Flask? True\nOpenAPI 3.1")
    operations = [line.split()[:3] for line in lesson.output("walk").splitlines()]
    assert ["POST", "/api/v1/predict", "200"] in operations
    assert len(operations) == 4
    follow = lesson.output("follow")
    assert "A house needs: GrLivArea, OverallQual, Neighborhood, YearBuilt\n" in follow
    assert "A house may have: 79 fields" in follow
    kept, spoilt = lesson.output("check-answer").splitlines()
    assert kept == "The real answer keeps the contract."
    assert spoilt == 'The spoilt one does not: "cheap" is not of type "array"'


def test_each_consumer_gets_a_price(lesson: Lesson) -> None:
    assert " dollars\n" in lesson.output("programs")
    assert lesson.output("device").startswith("$ python clients/iot/house_price.py 127.0.0.1 ")
    assert re.search(r"\d dollars\n", lesson.output("device"))
    assert "overall_qual: int" in lesson.output("generate")
    good, bad = lesson.output("typed").split("\n\n")
    assert good.endswith(" dollars")
    assert "422 Unprocessable Content" in bad
    assert "OverallQual: Input should be less than or equal to 10" in bad
    assert "await fetch(addressOf(path), options);" in lesson.output("ajax")


def test_the_page_is_shown_as_wide_as_a_phone(lesson: Lesson) -> None:
    assert re.search(r'<iframe src="http://127\.0\.0\.1:\d+"', lesson.output("page"))
    assert "width: 390px" in lesson.output("page")
    assert lesson.output("from-page").startswith("The page has not asked for anything yet")


def test_a_page_of_an_unknown_origin_may_not_read_the_answer(lesson: Lesson) -> None:
    known, unknown = lesson.output("cors").splitlines()
    assert known == "http://127.0.0.1:5173 may be read by: http://127.0.0.1:5173"
    assert unknown.endswith("may be read by: None")


def test_the_calls_of_the_three_frameworks_are_shown_and_the_rest_is_linked(
    lesson: Lesson,
) -> None:
    text = next(cell.source for cell in lesson.notebook.cells if cell.id == "frameworks-text")
    for file in ("react/src/App.jsx", "vue/src/App.vue", "angular/src/app.ts"):
        assert f"(../clients/{file})" in text
        assert (ROOT / "clients" / file).is_file()
    assert "fetch(`${API}/api/v1/predict`" in lesson.output("frameworks")
    assert ".post<PredictResponse>" in lesson.output("frameworks")


def test_the_consumers_differ_in_their_headers_alone(lesson: Lesson) -> None:
    table, _, picture = lesson.output("side-by-side").partition("<img")
    rows = [columns(line) for line in table.strip().splitlines()[1:]]
    assert {"requests", "typed client", "device"} <= {row[0] for row in rows}
    assert {row[1] for row in rows} == {"POST /api/v1/predict"}
    assert {row[3] for row in rows} == {"application/json"}
    assert 'alt="How many bytes each consumer sends for one price.' in picture


def test_each_change_is_tried_on_each_client(lesson: Lesson) -> None:
    table, _, picture = lesson.output("try-changes").partition("<img")
    head, *rows = table.strip().splitlines()
    assert columns(head) == ["change", "requests", "typed client", "device"]
    assert {columns(row)[0]: columns(row)[1:] for row in rows} == TRIED
    assert 'alt="What each consumer makes of each change.' in picture


def test_an_old_version_says_when_it_ends(lesson: Lesson) -> None:
    shown = lesson.output("old-client")
    assert "Old from: 2027-01-01\n" in shown
    assert "Gone after: Sat, 01 Jan 2028 00:00:00 GMT\n" in shown
    assert shown.count("Instead:") == 1


def test_a_repeated_post_books_twice_and_a_repeated_put_once(lesson: Lesson) -> None:
    post, put = lesson.output("lost").strip().split("\n\n")
    for part, times in ((post, 2), (put, 1)):
        assert "attempt 1: no answer\n" in part
        assert part.count("'Friday'") == times
    table, _, picture = lesson.output("repeat").partition("<img")
    counts = [line.split()[-5:] for line in table.strip().splitlines()[1:]]
    assert counts == [list("12345"), list("11111"), list("00000")]
    assert 'alt="How many the server keeps after each time' in picture


def test_the_end_shows_the_progress_of_this_chapter(lesson: Lesson) -> None:
    shown = lesson.output("progress")
    count = sum(one.number.startswith("01.") for one in exercises())
    assert shown.startswith(f"Chapter 01 the contract: 0 of {count} passed\n")
    assert "Chapter 02" not in shown


def test_everything_is_stopped(lesson: Lesson) -> None:
    assert lesson.output("stop").count("stopped>") == 3


def test_every_exercise_of_the_chapter_is_in_the_lesson(lesson: Lesson) -> None:
    numbers = [one.number for one in exercises() if one.number.startswith("01.")]
    cells = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "code"]
    placed = [cell.split()[1] for cell in cells if cell.startswith("%%exercise ")]
    assert placed == numbers


def test_every_question_has_an_answer_to_open(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 8

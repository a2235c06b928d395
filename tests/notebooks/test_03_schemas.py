"""What lesson 03 must show, whatever the machine and the version of the model."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

import pytest

from tests.notebooks.running import Lesson, run


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("03_schemas", folder)


def grid(text: str) -> dict[str, list[str]]:
    """Return the rows of a table of words, by their first column."""
    lines = [re.split(r"\s{2,}", line.rstrip()) for line in text.splitlines()]
    return {first: rest for first, *rest in lines}


def prices(text: str) -> Mapping[str, str]:
    return dict(re.findall(r"^(.+?):\s+200, price (\S+)$", text, re.MULTILINE))


def test_without_a_schema_text_gives_an_error_or_nonsense(lesson: Lesson) -> None:
    error, cars, later = lesson.output("no-schema").splitlines()
    assert error.startswith("TypeError")
    assert cars.endswith(" 22")
    assert later.endswith(" 999")


def test_a_schema_converts_and_names_all_that_is_wrong(lesson: Lesson) -> None:
    assert "GrLivArea=1604.0 OverallQual=6" in lesson.output("first-schema")
    refused = lesson.output("refusal")
    assert refused.startswith("2 validation errors")
    assert "YearBuilt" in refused
    assert "OverallQual" in refused


def test_both_servers_convert_text_to_the_same_price(lesson: Lesson) -> None:
    shown = lesson.output("both-convert")
    answers = re.findall(r"(?:Flask|FastAPI) +(.+)", shown)
    assert len(answers) == 10
    assert len(set(answers[:8])) == 1
    assert answers[0].startswith("200, price ")
    assert all(answer.startswith("422, YearBuilt: ") for answer in answers[8:])


def test_fastapi_validates_from_the_signature(lesson: Lesson) -> None:
    statuses = re.findall(r"-> (\d+)", lesson.output("age"))
    assert statuses == ["200", "422", "422"]


def test_the_contract_stands_between_lax_and_strict(lesson: Lesson) -> None:
    table, picture = lesson.output("strict").split("<img", 1)
    rows = grid(table)
    assert rows["1998.0"] == ["1998", "1998", "refused", "price of 1998"]
    assert rows['"1998"'] == ["1998", "1998", "refused", "price of 1998"]
    assert rows["1998.5"] == ["1998", "refused", "refused", "refused"]
    assert rows["true"] == ["1", "1", "refused", "refused"]
    assert 'alt="Who takes what for a whole number.' in picture


def test_pandas_writes_whole_numbers_with_a_point(lesson: Lesson) -> None:
    assert '{"GarageCars":2.0}' in lesson.output("pandas")


def test_bounds_hold_in_the_schema_and_in_the_api(lesson: Lesson) -> None:
    assert lesson.output("bounds").count("[") == 3
    assert "OverallQual: 1 to 10" in lesson.output("bounds-contract")
    assert lesson.output("bounds-contract").count("422, ") == 2
    read, refused = "read:", "finite number"
    lines = lesson.output("not-finite").splitlines()
    assert [read in line for line in lines] == [True, False, True, False, False]
    assert [refused in line for line in lines] == [False, True, False, True, True]


def test_required_and_nullable_are_two_things(lesson: Lesson) -> None:
    rows = grid(lesson.output("four-kinds"))
    assert rows["nullable"] == ["2", "None", "refused: missing"]
    assert rows["default"] == ["2", "refused: int_type", "0"]
    assert rows["optional"] == ["2", "None", "None"]


def test_no_garage_is_another_fact_than_no_word_about_it(lesson: Lesson) -> None:
    shown = prices(lesson.output("four-garages"))
    assert shown["null"] == shown["left out"] != shown["no cars"]
    # What the text says of this one house: two cars are what the model takes for usual.
    assert shown["two cars"] == shown["null"]


def test_codes_come_from_the_contract(lesson: Lesson) -> None:
    assert "Fields with codes: 46" in lesson.output("codes")
    assert [line[:12] for line in lesson.output("codes-literal").splitlines()] == [
        "read: Neighb",
        "CentralAir: ",
    ]
    statuses = re.findall(r"': (\d+)", lesson.output("codes-api"))
    assert statuses == ["200", "200", "422", "422"]


def test_a_mistake_in_a_list_has_its_place_and_stops_the_whole_request(lesson: Lesson) -> None:
    assert lesson.output("nested").startswith("inputs.1.YearBuilt: ")
    assert "422 [{'loc': ['body', 'inputs', 1, 'YearBuilt']" in lesson.output("nested-api")
    assert lesson.output("nested-api").endswith("at most: 10000\n")


def test_validators_run_before_and_after(lesson: Lesson) -> None:
    read, rule, field = lesson.output("validators").splitlines()
    assert read == "read: GarageCars=None GarageArea=528.0"
    assert rule.startswith("(the whole): ")
    assert field.startswith("GarageArea: ")


def test_the_data_say_whom_a_rule_would_hit(lesson: Lesson) -> None:
    shown = lesson.output("data")
    assert "Remodelled before it was built: 1\n" in shown
    assert "Garage older than the house: 18\n" in shown
    assert "200, price " in shown


def test_fastapi_echoes_by_itself_and_the_two_servers_do_not(lesson: Lesson) -> None:
    shown = lesson.output("echo")
    assert "555-0100" in shown
    assert "500 Internal Server Error" in shown
    assert "ValueError: Out of range float values are not JSON compliant" in shown
    for quiet in ("no-echo", "handler"):
        assert "555-0100" not in lesson.output(quiet)
        assert "500" not in lesson.output(quiet)
    assert lesson.output("no-echo").count("422, application/problem+json") == 2
    assert lesson.output("no-echo").count("from FastAPI? True") == 2


def test_an_unknown_name_is_ignored_or_refused(lesson: Lesson) -> None:
    ignored, refused, suggested = lesson.output("unknown").splitlines()
    assert ignored.startswith("read: ")
    assert "extra_forbidden" in refused
    assert suggested.endswith("Did you mean GarageCars?")


def test_only_the_careful_version_serves_every_client(lesson: Lesson) -> None:
    table, picture = lesson.output("versions").split("<img", 1)
    rows = grid(table)
    assert rows["an old client"] == ["taken", "refused", "taken"]
    assert [row[2] for row in rows.values()][1:] == ["taken"] * 4 + ["refused"]
    assert 'alt="Which client can use which version.' in picture


def test_what_a_check_by_hand_forgets(lesson: Lesson) -> None:
    rows = grid(lesson.output("hand-compare"))
    assert rows["a good house"] == ["taken (200)", "taken (200)"]
    assert sum("(500" in row[0] for row in rows.values()) == 4
    assert not any("(500" in row[1] for row in rows.values())
    for wrongly_taken in ("cars 1.5", "unknown name"):
        assert rows[wrongly_taken] == ["taken (200)", "refused (422)"]
    assert rows["cars true"] == ["taken (200)", "taken (200)"]


def test_the_costs_are_shown_as_table_and_picture(lesson: Lesson) -> None:
    table, picture = lesson.output("cost").split("<img", 1)
    ways = ["no check", "by hand", "schema, from a dictionary", "schema, from the bytes"]
    assert list(grid(table))[1:] == ways
    assert 'alt="What it costs to read and check one house.' in picture
    assert re.search(r"[\d.]+ µs, [\d.]+% of that", lesson.output("whole-request"))


def test_the_servers_are_stopped(lesson: Lesson) -> None:
    assert lesson.output("stop").count("stopped>") == 2


def test_every_exercise_has_its_cell_and_is_not_attempted(lesson: Lesson) -> None:
    cells = [cell for cell in lesson.notebook.cells if cell.source.startswith("%%exercise")]
    numbers = [cell.source.split("\n", 1)[0].split()[1] for cell in cells]
    assert numbers == [f"03.{number}" for number in range(1, 7)]
    for cell in cells:
        ast.parse(cell.source.split("\n", 1)[1])  # a stub is Python


def test_every_quick_question_has_an_answer_to_open(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 7

"""What lesson 00 must show, whatever the machine and the version of the model."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from tests.notebooks.running import Lesson, run
from tools.pictures import HOUSE
from training.sales import read_sales


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("00_start_here", folder)


def source(lesson: Lesson, name: str) -> str:
    (found,) = (cell.source for cell in lesson.notebook.cells if cell.id == name)
    return str(found)


def last_value(text: str) -> dict[str, Any]:
    """Return the dictionary that a cell shows after the lines that it prints."""
    value: dict[str, Any] = ast.literal_eval(text[text.index("{") :])
    return value


def test_both_servers_run_on_ports_of_their_own(lesson: Lesson) -> None:
    lines = lesson.output("start-both").splitlines()
    assert [line.split(",")[0] for line in lines] == ["<Flask on gunicorn", "<FastAPI on uvicorn"]
    assert all(line.endswith("running>") for line in lines)
    assert len(set(re.findall(r"http://127\.0\.0\.1:\d+", "\n".join(lines)))) == 2


def test_both_documentation_pages_are_shown(lesson: Lesson) -> None:
    shown = lesson.output("documentation")
    urls = re.findall(r"http://127\.0\.0\.1:\d+", lesson.output("start-both"))
    for url in urls:
        assert f'<a href="{url}/docs"' in shown
        assert f'<iframe src="{url}/docs"' in shown


def test_the_house_is_a_sale_of_the_data_and_the_readmes_too(lesson: Lesson) -> None:
    house = ast.literal_eval(source(lesson, "house").removeprefix("house = "))
    assert house == HOUSE
    sale = read_sales().set_index("Order").loc[6]
    assert {name: sale[name] for name in house} == house
    assert (sale["SalePrice"], sale["MoSold"], sale["YrSold"]) == (195_500, 6, 2010)
    assert "sold in June 2010 for 195,500 dollars" in source(lesson, "house-text").replace(
        "\n", " "
    )


def test_one_server_answers_with_a_price(lesson: Lesson) -> None:
    shown = lesson.output("ask-flask")
    assert shown.startswith("Status: 200\n")
    answer = last_value(shown)
    assert answer["errors"] is None
    assert re.fullmatch(r"\d+\.\d+\.\d+", answer["version"])
    (price,) = answer["predictions"]
    assert 50_000 < price < 500_000


def test_both_servers_answer_with_the_same_price(lesson: Lesson) -> None:
    flask, fastapi, same = lesson.output("compare").splitlines()
    (price,) = last_value(lesson.output("ask-flask"))["predictions"]
    assert flask == f"Flask on gunicorn:   ${price:,.2f}"
    assert fastapi == f"FastAPI on uvicorn:  ${price:,.2f}"
    assert same == "The same price? True"


def test_the_picture_has_a_table_beside_it_and_a_description(lesson: Lesson) -> None:
    head, flask, fastapi, picture = lesson.output("time").split("\n", 3)
    assert "half within" in head
    assert flask.startswith("Flask on gunicorn")
    assert fastapi.startswith("FastAPI on uvicorn")
    assert 'src="data:image/png;base64,' in picture
    assert 'alt="One house, two servers, the same price. Flask on gunicorn answered' in picture


def test_a_bad_house_gets_a_problem_document_the_same_from_both(lesson: Lesson) -> None:
    shown = lesson.output("mistake")
    assert shown.startswith("Status: 422\nContent-Type: application/problem+json\n")
    problem = last_value(shown)
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    (error,) = problem["errors"]
    assert error["loc"] == ["body", "inputs", 0, "OverallQual"]
    assert set(error) == {"loc", "msg", "type"}
    assert lesson.output("same-mistake") == "True"


def test_the_log_has_the_line_of_the_bad_request(lesson: Lesson) -> None:
    assert len(lesson.output("log").splitlines()) == 3
    (line,) = lesson.output("find-request").splitlines()
    assert "POST /api/v1/predict 422" in line
    request_id = last_value(lesson.output("mistake"))["instance"].rpartition("/")[2]
    assert f"request_id={request_id}" in line


def test_a_stopped_server_does_not_answer(lesson: Lesson) -> None:
    stopped, answer = lesson.output("stop").splitlines()
    assert stopped.endswith("stopped>")
    assert answer == "Nobody answers there any more."


def test_no_picture_or_frame_is_needed_to_follow(lesson: Lesson) -> None:
    # Every quick question has an answer to open; whoever cannot see the picture has the table.
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 4

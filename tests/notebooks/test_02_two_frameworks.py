"""What lesson 02 must show, whatever the machine: what each framework does by itself, and not."""

from __future__ import annotations

import ast
import re

import pytest

from tests.notebooks.running import Lesson, run


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("02_two_frameworks", folder)


def answers(lesson: Lesson, cell: str) -> list[tuple[str, str, str, str]]:
    """Return the question, the framework, the status and the rest of each answer in a cell."""
    question, found = "", []
    for line in lesson.output(cell).splitlines():
        if match := re.match(r"  (Flask|FastAPI) +(\d+)  (.*)", line):
            found.append((question, match[1], match[2], match[3]))
        else:
            question = line
    return found


def statuses(lesson: Lesson, cell: str) -> list[tuple[str, str]]:
    """Return Flask's and FastAPI's status for each question of a cell."""
    both = [status for _, _, status, _ in answers(lesson, cell)]
    return list(zip(both[::2], both[1::2], strict=True))


def texts(lesson: Lesson, cell: str) -> list[tuple[str, str]]:
    both = [text for _, _, _, text in answers(lesson, cell)]
    return list(zip(both[::2], both[1::2], strict=True))


def counts(text: str) -> dict[str, tuple[int, int]]:
    rows = re.findall(r"^(\S+) +(\d+) +(\d+)$", text, re.MULTILINE)
    return {name: (int(flask), int(fastapi)) for name, flask, fastapi in rows}


def test_a_type_in_flasks_path_is_a_404_and_a_type_hint_of_fastapis_a_422(lesson: Lesson) -> None:
    both = [("200", "200"), ("404", "404"), ("404", "422"), ("405", "405"), ("404", "404")]
    assert statuses(lesson, "ask-routing") == both
    blue = texts(lesson, "ask-routing")[2]
    assert blue[0].startswith("text/html")
    assert blue[1].startswith("application/json")


def test_the_trusting_app_answers_nonsense_with_200(lesson: Lesson) -> None:
    both = [("200", "200"), ("200", "200"), ("200", "422"), ("500", "422")]
    assert statuses(lesson, "ask-estimate") == both
    right, text, negative, _ = texts(lesson, "ask-estimate")
    assert '"price":198720' in right[0]
    assert '"price":"165616561656' in text[0]
    assert '"price":198720.0' in text[1]
    assert '"price":-600' in negative[0]


def test_with_pydantic_both_refuse_alike(lesson: Lesson) -> None:
    both = [("200", "200"), ("422", "422"), ("422", "422")]
    assert statuses(lesson, "ask-flask-estimate") == both


def test_fastapi_documents_the_bound_and_flask_documents_nothing(lesson: Lesson) -> None:
    assert statuses(lesson, "ask-documentation") == [("404", "200"), ("404", "200")]
    shown = lesson.output("read-documentation")
    assert '"exclusiveMinimum": 0' in shown
    assert "Answers of POST /estimate: 200 422" in shown
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/docs\n", lesson.output("docs-address"))


def test_a_dependency_is_documented_and_its_refusal_is_not(lesson: Lesson) -> None:
    assert statuses(lesson, "ask-keys") == [("200", "200"), ("401", "401")]
    shown = lesson.output("ask-keys")
    assert "Documented input: [('header', 'x-api-key')]" in shown
    assert "Documented answers: 200 422" in shown


def test_each_visitor_has_a_count_in_a_cookie_that_can_be_read(lesson: Lesson) -> None:
    shown = lesson.output("ask-visits")
    assert shown.count("{'visits': 3}") == 2
    assert shown.count("Another visitor: {'visits': 1}") == 2
    cookies = [line for line in shown.splitlines() if "Set-Cookie" in line]
    assert all("httponly" in cookie.lower() for cookie in cookies)
    assert ["samesite=lax" in cookie for cookie in cookies] == [False, True]
    assert ["Max-Age=1209600" in cookie for cookie in cookies] == [False, True]
    assert not any("secure" in cookie.lower() for cookie in cookies)
    stored = [line.split(maxsplit=1)[1] for line in lesson.output("read-cookie").splitlines()]
    assert [ast.literal_eval(one) for one in stored] == [{"visits": 3}, {"visits": 3}]


def test_a_forged_cookie_is_thrown_away(lesson: Lesson) -> None:
    lines = lesson.output("tamper").splitlines()
    assert len(lines) == 2
    for line in lines:
        assert "the true cookie: {'visits': 4}, the forged one: {'visits': 1}" in line


def test_templates_escape_and_pieces_of_text_do_not(lesson: Lesson) -> None:
    plain, attacked, careless = texts(lesson, "ask-page")
    for text in plain:
        assert "Sawyer &amp; Sawyer West" in text
    for text in attacked:
        assert "&lt;script&gt;" in text
        assert "<script>" not in text
    for text in careless:
        assert "<script>alert('Got you')</script>" in text


def test_both_frameworks_share_one_file_that_stays(lesson: Lesson) -> None:
    (both,) = texts(lesson, "ask-sales")
    assert both[0] == both[1]
    assert '"price":189900' in both[0]
    assert "[(1, 'Gilbert', 195500), (2, 'Gilbert', 189900)]" in lesson.output("ask-sales")


def test_sql_from_pieces_of_text_shows_what_nobody_asked_for(lesson: Lesson) -> None:
    sql, careless, careful = lesson.output("injection").splitlines()
    assert sql.endswith("OR 'a' = 'a'")
    assert "Secret Valley" in careless
    assert careful == "Beside the SQL: []"


def test_background_work_is_accepted_and_finishes_later(lesson: Lesson) -> None:
    assert statuses(lesson, "ask-batches") == [("202", "202"), ("200", "200"), ("200", "200")]
    for text in texts(lesson, "ask-batches")[-1]:
        assert '"state":"finished"' in text


def test_the_tests_of_both_programs_pass(lesson: Lesson) -> None:
    shown = lesson.output("run-tests")
    assert shown.count("PASSED") == 4
    assert "4 passed" in shown
    assert "warning" not in shown


def test_the_counts_are_what_the_text_says_of_them(lesson: Lesson) -> None:
    programs = counts(lesson.output("count-programs"))
    assert programs["estimate"][0] > programs["estimate"][1]
    assert programs["keys"][1] == programs["keys"][0] + 1
    for shorter_in_flask in ("visits", "page", "sales"):
        assert programs[shorter_in_flask][0] < programs[shorter_in_flask][1]
    apps = counts(lesson.output("count-apps"))
    for shorter_in_flask in ("routes.py", "middleware.py", "together"):
        assert apps[shorter_in_flask][0] < apps[shorter_in_flask][1]
    assert {"bodies.py", "errors.py", "main.py"} <= set(apps)
    assert "gunicorn.conf.py" not in apps
    shared = lesson.output("count-shared").split()[-1]
    assert int(shared) > max(apps["together"])


def test_each_picture_has_a_description(lesson: Lesson) -> None:
    for cell in ("count-programs", "count-apps"):
        shown = lesson.output(cell)
        assert 'src="data:image/png;base64,' in shown
        assert re.search(r'alt="Lines of code [^"]+Together: Flask \d+, FastAPI \d+\.', shown)


def test_every_question_has_an_answer_to_open(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    found = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == found >= 10

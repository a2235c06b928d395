"""What lesson 05 must show, whatever the machine and however busy it is."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.running import Lesson, run

HEALTH = '{"name": "Served Twice", "api_version": "1.0.0", "model_version": "1.1.0"}'


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("05_web_servers", folder)


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table, without its head: they are at least two blanks apart."""
    lines = text.split("<img")[0].splitlines()
    return [re.split(r" {2,}", line.strip()) for line in lines[1:] if line.strip()]


def milliseconds(cell: str) -> float:
    return float(cell.removesuffix(" ms"))


def test_the_bytes_of_an_answer_are_shown(lesson: Lesson) -> None:
    head, _, body = lesson.output("raw-request").replace("\r\n", "\n").partition("\n\n")
    assert head.startswith("HTTP/1.1 200 OK\n")
    assert "Content-Length: " in head
    assert '"name":"Served Twice"' in body


def test_a_server_by_hand_answers_and_is_stopped_by_a_silent_client(lesson: Lesson) -> None:
    good, bad = lesson.output("tiny-server").splitlines()
    assert good.startswith("200 ")
    assert bad.startswith("404 ")
    assert lesson.output("silent-client").splitlines() == [
        "While the silent client is connected: no answer.",
        "After it has gone: 200",
    ]


def test_a_wsgi_callable_gives_the_contracts_health(lesson: Lesson) -> None:
    assert "status:  200 OK" in lesson.output("wsgi-by-hand")
    assert HEALTH in lesson.output("wsgi-by-hand")
    served = lesson.output("wsgi-served")
    assert "The same health as from the Flask app? True" in served
    assert re.search(r"HTTP_USER_AGENT +'python-requests/", served)
    assert re.search(r"QUERY_STRING +'colour=blue'", served)


def test_an_asgi_callable_gives_it_too_on_two_servers(lesson: Lesson) -> None:
    start, body = lesson.output("asgi-by-hand").splitlines()
    assert "'type': 'http.response.start', 'status': 200" in start
    assert HEALTH in body
    on_uvicorn, on_gunicorn = lesson.output("asgi-served").splitlines()
    assert on_uvicorn.split() == ["uvicorn", "200", "True"]
    assert on_gunicorn.split() == ["gunicorn/asgi", "200", "True"]


def test_the_wrong_interface_gives_the_error_to_remember(lesson: Lesson) -> None:
    status, error = lesson.output("wrong-side").splitlines()
    assert status == "500"
    assert error.endswith("missing 1 required positional argument: 'start_response'")


def test_the_master_replaces_a_worker_and_adds_one(lesson: Lesson) -> None:
    shown = lesson.output("workers")
    before, after = re.findall(r"master: (\d+)  workers: \[(\d+), (\d+)\]", shown)
    assert before[0] == after[0]
    assert before[1] not in after
    assert f"Worker (pid:{before[1]}) was sent SIGKILL!" in shown
    assert len(re.findall(r"\d+", lesson.output("signals"))) == 3


def test_a_request_beyond_the_time_out_is_ended(lesson: Lesson) -> None:
    shown = lesson.output("timeouts")
    assert "status: 200" not in shown
    assert "WORKER TIMEOUT" in shown
    assert "Traceback" not in shown


def test_a_request_under_way_is_answered_while_the_server_stops(lesson: Lesson) -> None:
    shown = lesson.output("graceful")
    assert "The answer to the request under way: [200]" in shown
    assert "Handling signal: term" in shown
    assert shown.rstrip().endswith("Shutting down: Master")


def test_one_server_keeps_a_connection_and_the_other_does_not(lesson: Lesson) -> None:
    gunicorn, uvicorn = lesson.output("keepalive").splitlines()
    assert gunicorn.startswith("gunicorn, sync worker: 1 of 2 answered")
    assert uvicorn.startswith("uvicorn: 2 of 2 answered")


def test_the_lanes_show_who_waits_at_once(lesson: Lesson) -> None:
    sync, threads, loop = rows(lesson.output("lanes-wait"))
    assert sync[1:3] == ["2", "2"]
    assert threads[1] == "1"
    assert loop[1:3] == ["1", "1"]
    assert int(sync[3]) <= 2 < int(loop[3])
    assert int(threads[3]) <= 4
    # Waiting takes 50 ms each: ten rounds, five rounds, and one, however busy the computer is.
    assert milliseconds(sync[5]) >= 500
    assert milliseconds(threads[5]) >= 250


def test_an_event_loop_computes_one_after_the_other(lesson: Lesson) -> None:
    sync, threads, loop = rows(lesson.output("lanes-compute"))
    assert sync[1] == "2"
    assert int(threads[3]) <= 4
    assert loop[1:4] == ["1", "1", "1"]


def test_a_blocking_call_stalls_the_others_and_an_awaited_one_does_not(lesson: Lesson) -> None:
    awaited, blocking = rows(lesson.output("stall"))
    assert awaited[0] == "await asyncio.sleep(0.4)"
    assert milliseconds(blocking[3]) > 200
    assert int(blocking[2]) > int(awaited[2])


def test_three_ways_to_wait_in_one_process(lesson: Lesson) -> None:
    awaited, blocking, threads = rows(lesson.output("three-ways"))
    assert [row[1] for row in (awaited, blocking, threads)] == ["1", "1", "1"]
    assert blocking[2:4] == ["1", "1"]
    assert awaited[2] == "1"
    assert int(awaited[3]) > 1
    assert int(threads[2]) > 1


def test_the_load_is_answered_and_obeys_littles_law(lesson: Lesson) -> None:
    assert "Do not use it in a production deployment" in lesson.output("load-servers")
    *loads, ratio = rows(lesson.output("load"))
    assert [row[0] for row in loads] == [
        "Flask's development server",
        "gunicorn, 1 worker",
        "gunicorn, 2 workers",
    ]
    assert all(row[-1] == "0" and int(row[1]) > 0 for row in loads)
    assert re.search(r"one worker: \d+\.\d times the answers", ratio[0])
    products = [float(line.rpartition("= ")[2]) for line in _lines(lesson, "littles-law")]
    # Eight, less the moments in which a client has its answer and has not asked again.
    assert all(4 < product <= 8.1 for product in products)


def test_who_is_looked_after_survives(lesson: Lesson) -> None:
    development, gunicorn = _lines(lesson, "killed")
    assert development.endswith("nobody answers")
    assert gunicorn.endswith("200")


def test_the_apps_own_settings_are_shown(lesson: Lesson) -> None:
    shown = lesson.output("own-choice")
    assert "--timeout-keep-alive 95" in shown
    assert 'worker_class = "gthread"' in shown
    assert "keepalive = 95" in shown


def test_every_picture_has_a_table_and_a_description(lesson: Lesson) -> None:
    for name in ("lanes-wait", "lanes-compute", "stall", "three-ways", "load"):
        table, picture = lesson.output(name).split("<img", 1)
        assert len(rows(table)) >= 2
        alt = re.search(r'alt="([^"]+)"', picture)
        assert alt
        assert "milliseconds" in alt[1]


def test_every_quick_question_has_an_answer_to_open(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 8


def _lines(lesson: Lesson, name: str) -> list[str]:
    return lesson.output(name).splitlines()

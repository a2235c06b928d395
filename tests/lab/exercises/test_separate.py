"""Whatever an answer does, a check comes back, says what happened, and leaves nothing running."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import psutil
import pytest

from lab.exercises.outcome import Outcome, State
from lab.exercises.separate import check_answer
from lab.exercises.source import Exercise, read_exercise


def checked(exercise: Exercise, code: str) -> Outcome:
    return check_answer(exercise, textwrap.dedent(code))


def with_check(exercise: Exercise, check: str) -> Exercise:
    """Return the exercise with another check, given as the body of its function."""
    text = exercise.file.read_text(encoding="utf-8")
    start, end = text.index("LIMIT = 2.0"), text.index("# %% hints")
    body = textwrap.indent(textwrap.dedent(check), "    ")
    function = f"LIMIT = 15.0\n\n\ndef check(answer: Answer) -> None:\n{body}\n\n"
    exercise.file.write_text(text[:start] + function + text[end:], encoding="utf-8")
    return read_exercise(exercise.file)


@pytest.mark.parametrize(
    "code",
    [
        "def double(number):\n    ...\n",
        "# A comment of my own.\n\ndef double(number):\n\n    ...  # Later.\n",
    ],
)
def test_an_answer_that_says_no_more_than_the_stub_is_not_attempted(
    exercise: Exercise, code: str
) -> None:
    assert checked(exercise, code).state is State.NOT_ATTEMPTED


def test_a_wrong_answer_gets_message_and_hint_and_what_it_printed(exercise: Exercise) -> None:
    outcome = checked(exercise, "def double(number):\n    print('twice', number)\n")
    assert outcome == Outcome(
        State.NOT_YET, "double(3) should be 6, but is None.", "Twice.", printed="twice 3\n"
    )


@pytest.mark.parametrize(
    ("code", "line", "says"),
    [
        ("def double(number)\n    return 2\n", 1, "SyntaxError"),
        ("def double(number):\n    return nummer\n", 2, "Is it spelt as where you defined it"),
        ("import nonsense\n", 1, "ModuleNotFoundError"),
        ("def double(number):\n    return number['a']\n", 2, "The check called double(3)"),
        ("import sys\nsys.exit()\n", 2, "Your code ends the program"),
        ("def double(number):\n    raise KeyboardInterrupt\n", 2, "KeyboardInterrupt"),
        ("def double(number):\n    return double(number)\n", 2, "calls itself without an end"),
        ("while True:\n    pass\n", 0, "still running here after 2 seconds"),
        ("def double(number):\n    while True:\n        number += 1\n", 0, "still running here"),
        ("import os\nos._exit(7)\n", 0, "ended the whole Python process (exit status 7)"),
    ],
)
def test_an_answer_that_fails_is_an_error_with_its_line(
    exercise: Exercise, code: str, line: int, says: str
) -> None:
    outcome = checked(exercise, code)
    assert outcome.state is State.ERROR, outcome
    assert says in outcome.message.replace("\n", " ") or says in outcome.message
    if line:
        assert (outcome.line, outcome.code) == (line, code.splitlines()[line - 1].strip())


def test_a_wait_is_stopped_where_it_waits(exercise: Exercise) -> None:
    outcome = checked(exercise, "import time\n\ndef double(number):\n    time.sleep(100)\n")
    assert (outcome.state, outcome.line, outcome.code) == (State.ERROR, 4, "time.sleep(100)")


def test_endless_printing_is_cut(exercise: Exercise) -> None:
    outcome = checked(exercise, "while True:\n    print('again and again')\n")
    assert outcome.state is State.ERROR
    assert len(outcome.printed) < 200_000


def test_what_an_answer_has_started_ends_with_the_check(exercise: Exercise, tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    outcome = checked(
        exercise,
        f"""
        import subprocess, sys, threading, time
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
        open({str(noted)!r}, "w").write(str(child.pid))
        threading.Thread(target=time.sleep, args=(100,)).start()

        def double(number):
            return 2 * number
        """,
    )
    assert outcome.state is State.PASSED
    assert has_ended(int(noted.read_text()))


def has_ended(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


APP = """
from fastapi import FastAPI

app = FastAPI()

@app.get("/double/{number}")
def double(number: int):
    return {"twice": 2 * number}
"""
# For what has nothing to do with a framework, which takes most of a second to import.
PLAIN = """
import json

async def app(scope, receive, send):
    if scope.get("path", "/") != "/":  # which is asked until there is an answer, be it a 500
        number = int(scope["path"].rpartition("/")[2])
        answer = json.dumps({"twice": 2 * number}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": answer})
"""
SERVED = """
with answer.served() as client:
    response = client.get("/double/4")
    print("server", client.url)
    expect_equal(response.json(), {"twice": 8}, "GET /double/4")
"""


def test_an_app_is_served_for_real_and_asked(exercise: Exercise) -> None:
    served = with_check(exercise, SERVED)
    assert checked(served, APP).state is State.PASSED
    wrong = checked(served, PLAIN.replace("2 *", "3 *"))
    assert wrong.state is State.NOT_YET
    assert "GET /double/4 should be {'twice': 8}, but is {'twice': 12}." in wrong.message


@pytest.mark.parametrize(
    ("app", "old", "new", "state", "says"),
    [
        (APP, "2 * number", "2 * nummer", State.ERROR, "NameError: name 'nummer' is not defined"),
        (APP, "2 *", "__import__('time').sleep(60) *", State.NOT_YET, "no answer within 5 seconds"),
        (PLAIN, "2 *", "__import__('os')._exit(0) *", State.NOT_YET, "The server ended by itself"),
        (PLAIN, "import json", "raise SystemExit", State.ERROR, "Your code ends the program"),
        (PLAIN, "import json", "app = FastApi()", State.ERROR, "NameError: name 'FastApi'"),
        (PLAIN, "def app", "def application", State.NOT_YET, "no `app` in your answer"),
        (PLAIN, "import json", "import json as", State.ERROR, "SyntaxError"),
    ],
)
def test_an_app_that_fails_is_told_with_its_line(
    exercise: Exercise, app: str, old: str, new: str, state: State, says: str
) -> None:
    outcome = checked(with_check(exercise, SERVED), app.replace(old, new))
    assert outcome.state is state, outcome
    assert says in outcome.message
    if state is State.ERROR and outcome.line:
        assert new.split()[0] in outcome.code


def test_an_app_that_does_not_answer_is_told_where_it_is(exercise: Exercise) -> None:
    stuck = PLAIN.replace(
        "        answer", "        while True:\n            number += 1\n        answer"
    )
    in_a_moment = SERVED.replace('"/double/4")', '"/double/4", timeout=1)', 1)
    outcome = checked(with_check(exercise, in_a_moment), stuck)
    assert outcome.state is State.NOT_YET, outcome
    assert "GET /double/4 had no answer within 1 seconds." in outcome.message
    assert outcome.code in {"while True:", "number += 1"}


# The watchdog's own call, made as soon as the server has answered instead of after the limit.
TIME_IS_UP = """
    import threading
    (watchdog,) = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    watchdog.function(*watchdog.args)
"""


def test_a_server_ends_when_the_time_of_its_check_is_up(exercise: Exercise) -> None:
    outcome = checked(with_check(exercise, SERVED + TIME_IS_UP), PLAIN)
    assert outcome.state is State.ERROR
    assert "was still running after 15 seconds" in outcome.message
    assert outcome.printed.startswith("server http://127.0.0.1:")
    port = int(outcome.printed.strip().rpartition(":")[2])
    deadline = time.monotonic() + 10
    while listening(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not listening(port)


def listening(port: int) -> bool:
    return any(
        link.laddr and link.laddr.port == port and link.status == psutil.CONN_LISTEN
        for link in psutil.net_connections("tcp")
    )

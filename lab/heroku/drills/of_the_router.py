"""Drills about time and workers, whose code the router gives a request: H12, H13 and H27."""

from __future__ import annotations

from importlib.metadata import version

from lab.heroku.drills.acts import Ask
from lab.heroku.drills.drill import Drill, Question
from lab.heroku.drills.programs import WANTED, changed, project

WORKS_LONG = """\
import os
import time

from answers import serve


def make_report():
    time.sleep(5)  # asks for each price
    print("The report is ready", flush=True)
    return "12 prices"


def answer(path):
    return make_report()


serve(answer, port=int(os.environ["PORT"]))
"""

WORKS_BEFORE = """\
import os
import time

from answers import serve


def make_report():
    print("The report is ready", flush=True)
    return "12 prices"


REPORT = make_report()  # made once, by a clock or a worker process, and not by the visitor


def answer(path):
    return REPORT


serve(answer, port=int(os.environ["PORT"]))
"""

RAISES = """\
import os

from answers import serve

PRICES = {"/gilbert": "195500 dollars"}


def answer(path):
    return PRICES[path]


serve(answer, port=int(os.environ["PORT"]))
"""

BLOCKS = '''\
"""An app for ASGI servers, without a framework."""

import ctypes

# A model in C that computes for 7 seconds. Like much code in C it keeps Python's lock meanwhile,
# so that no other line of Python runs in this process, in whatever thread.
compute = ctypes.PyDLL(None).sleep


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    compute(7)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"12 prices"})
'''

PACKAGES = ("uvicorn", "click", "h11")  # the server, and what it needs
OF_A_WORKER = project(
    BLOCKS,
    Procfile="web: uvicorn app:app --host 0.0.0.0 --port $PORT\n",
    **{"requirements.txt": "".join(f"{one}=={version(one)}\n" for one in PACKAGES)},
)
del OF_A_WORKER["answers.py"]

DRILLS = (
    Drill(
        "H12",
        "The report never arrives",
        "Visitors ask for a report and get an error page, always after the same time.",
        project(WORKS_LONG),
        Question(
            "The app works for longer than 30 seconds before it sends the first byte.",
            {
                "The app has crashed.": "It goes on: after the error its own line says that the "
                "report is ready.",
                "The dyno is still starting.": "It was up, and the line has dyno=web.1.",
                "The visitor did not wait.": "Then the code would be H27. The router gave up here.",
            },
        ),
        Question(
            "Make the report outside the request, and answer with what is there.",
            {
                "Have the client wait longer.": "The router gives up after 30 seconds, whatever "
                "the client does.",
                "Start more dynos.": "Each takes as long for a report.",
                "Raise the server's own time-out.": "It is the router's that has run out.",
            },
        ),
        "After H12 the app goes on working for nobody. Long work belongs into a worker process.",
        {"app.py": WORKS_BEFORE},
        (Ask(WANTED),),
        until="The report is ready",
    ),
    Drill(
        "H13",
        "An error page at once, for some paths",
        "One visitor gets a price, another an error page, and neither waits.",
        project(RAISES),
        Question(
            "The app raises an exception, and its connection is closed without an answer.",
            {
                "The app takes too long.": "service= shows how short it was.",
                "The dyno does not take the connection.": "connect= has a time: it did.",
                "The visitor left.": "Then the code would be H27.",
            },
        ),
        Question(
            "Look the path up in small letters, and answer an unknown one too.",
            {
                "Restart the dyno.": "The same request raises the same exception again.",
                "Start two dynos.": "Both have the same code.",
                "Send the request again.": "The same path fails each time.",
            },
        ),
        "A framework turns an exception into a status 500. Without one, the router answers: 503.",
        changed(
            project(RAISES), "app.py", "PRICES[path]", 'PRICES.get(path.lower(), "no such place")'
        ),
        (Ask("195500 dollars", path="/Gilbert"),),
    ),
    Drill(
        "H13",
        "A worker dies after five seconds",
        "An app on uvicorn computes for 7 seconds. The router would wait for 30. "
        "But something else comes earlier.",
        OF_A_WORKER,
        Question(
            "The worker gives no sign of life for 5 seconds, so uvicorn kills it.",
            {
                "The router's 30 seconds have run out.": "Then the code would be H12.",
                "The model has raised an exception.": "Then uvicorn would have logged a traceback, "
                "and answered with status 500.",
                "The worker takes too much memory.": "Then R14 or R15 would stand in the log.",
            },
        ),
        Question(
            "Give workers more time: uvicorn --timeout-worker-healthcheck 30.",
            {
                "Use more workers.": "Each request still silences the worker that has it.",
                "Run it in a thread: await asyncio.to_thread(compute, 7).": "The thread that gives "
                "the sign of life needs the same lock, and waits for it.",
                "Send the request again.": "It would kill the next worker.",
            },
        ),
        "uvicorn asks each worker for a sign of life. A thread of the worker answers, even while "
        "its event loop is blocked; but not while code in C keeps Python's lock. After 5 seconds "
        "the worker is killed, with all requests that it has. Heroku sets WEB_CONCURRENCY=2 on its "
        "small dynos, so that there are workers even where nobody asked for them.",
        changed(OF_A_WORKER, "Procfile", "$PORT", "$PORT --timeout-worker-healthcheck 30"),
        (Ask(WANTED, method="POST"),),
        name="H13-worker",
        until="Child process",
        speed=2,
    ),
    Drill(
        "H27",
        "Visitors who do not wait",
        "A phone app gives up after three seconds. Its users see nothing; you see warnings.",
        project(WORKS_LONG),
        Question(
            "The client closed the connection before the answer came.",
            {
                "The app closed the connection.": "Then the code would be H13, with at=error.",
                "The router gave up.": "Then the code would be H12. Its limit was far away.",
                "The dyno was restarted.": "No line of web.1 says so.",
            },
        ),
        Question(
            "Answer sooner: make the report outside the request.",
            {
                "Ignore it: it is only a warning.": "The app has worked for nobody, and the user "
                "has no report.",
                "Start more dynos.": "Each takes as long for a report.",
                "Send a 499 from the app.": "Nobody is there to receive it.",
            },
        ),
        "499 is what the router notes; the client never sees it. Many H27 mean: too slow.",
        {"app.py": WORKS_BEFORE},
        (Ask(WANTED, gives_up_after=3),),
        until="The report is ready",
        speed=3,
    ),
)

"""Drills about a dyno that runs: its end, R12, and its memory, R14 and R15."""

from __future__ import annotations

from lab.heroku.drills.acts import Ask, Restart, Watch
from lab.heroku.drills.drill import Drill, Question
from lab.heroku.drills.programs import WANTED, project

MEGABYTES = 64  # of memory instead of 512, so that little is already too much

DEAF_TO_SIGTERM = """\
import os
import signal

from answers import serve


def save_and_end(number, frame):
    print("SIGTERM has come: saving", flush=True)


signal.signal(signal.SIGTERM, save_and_end)


def answer(path):
    return "12 prices"


serve(answer, port=int(os.environ["PORT"]))
"""

KEEPS_ALL = """\
import os

from answers import serve

kept = []


def answer(path):
    table = "x" * 20_000_000  # 20 MB
    kept.append(table)
    return "12 prices"


serve(answer, port=int(os.environ["PORT"]))
"""

READS_ALL = """\
import os

from answers import serve

# 200 MB, read as a whole when the app starts
TABLE = "12 prices, " * 18_000_000


def answer(path):
    return TABLE[:9]


serve(answer, port=int(os.environ["PORT"]))
"""

DRILLS = (
    Drill(
        "R12",
        "A restart takes half a minute",
        "Each deploy restarts the app. The old dyno takes long to go, and is killed in the end.",
        project(DEAF_TO_SIGTERM),
        Question(
            "The app catches SIGTERM, and does not end.",
            {
                "The app waits for requests that are still in flight.": "There was none.",
                "The app never got the signal.": "It has printed that SIGTERM has come.",
                "The new dyno does not start before the old one has ended.": "Look at the times: "
                "the new one was up long before.",
            },
        ),
        Question(
            "End the process when all is saved: raise SystemExit in the handler.",
            {
                "Catch SIGKILL as well.": "Nobody can. That is what it is for.",
                "Do not restart any more.": "The platform itself restarts every dyno once a day.",
                "Ask for more than 30 seconds.": "There is no such setting, and the app would not "
                "end in an hour either.",
            },
        ),
        "After SIGTERM a process has 30 seconds to finish what it does, and to end by itself.",
        {"app.py": DEAF_TO_SIGTERM.replace("flush=True)\n", "flush=True)\n    raise SystemExit\n")},
        (Ask(WANTED), Restart(), Ask(WANTED)),
    ),
    Drill(
        "R14",
        "It answers, but the log complains",
        "After some requests a line comes every 20 seconds. Visitors notice nothing yet.",
        project(KEEPS_ALL),
        Question(
            "The app keeps something for each request and never lets it go.",
            {
                "The app needs too much memory as soon as it starts.": "Before the requests the "
                "log was silent.",
                "Too many dynos run.": "There is one, and each has its own quota.",
                "The router keeps the answers.": "The line is web.1's. The router has no part in "
                "the dyno's memory.",
            },
        ),
        Question(
            "Let the table go when the request is answered.",
            {
                "Restart once an hour.": "It helps for an hour, and hides the fault.",
                "Run two dynos.": "Each would fill up, only half as fast.",
                "Wait: it stops at the quota.": "At twice the quota the dyno is killed: R15.",
            },
        ),
        "R14 kills nobody. But memory that grows with each request ends at R15.",
        {"app.py": KEEPS_ALL.replace("    kept.append(table)\n", "    del table\n")},
        (Ask(WANTED, times=3), Watch("R14")),
        megabytes=MEGABYTES,
    ),
    Drill(
        "R15",
        "Killed without a word",
        "The app starts, and is gone at once. It has printed nothing.",
        project(READS_ALL),
        Question(
            "The app takes more than twice the memory that a dyno has.",
            {
                "The app does not listen on $PORT.": "Then the code would be R10.",
                "The app has an error in its code.": "Then its traceback would stand in the log.",
                "Too many requests came at once.": "It takes the memory before the first request.",
            },
        ),
        Question(
            "Read only as much of the table as an answer needs.",
            {
                "Restart the dyno.": "The next one does the same.",
                "Catch MemoryError.": "Python never raises it here: the platform kills the "
                "process from outside.",
                "Run two dynos.": "Each reads the whole table, and each is killed.",
            },
        ),
        "At twice its quota a dyno is killed. Nothing in the app can notice that or prevent it.",
        {"app.py": READS_ALL.replace("18_000_000", "1").replace("200 MB, read", "A line, read")},
        (Watch("R15"), Ask(WANTED)),
        megabytes=MEGABYTES,
    ),
)

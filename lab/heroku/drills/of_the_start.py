"""Drills about the start of a dyno: R10, H10, H14 and H20."""

from __future__ import annotations

from lab.heroku.drills.acts import Ask
from lab.heroku.drills.drill import Drill, Question
from lab.heroku.drills.programs import APP, FILES, WANTED, project

FIXED_PORT = APP.replace('int(os.environ["PORT"])', "8642")

READS_A_FILE = """\
import json
import os
from pathlib import Path

from answers import serve

PRICES = json.loads(Path("prices.json").read_text())


def answer(path):
    return f"{len(PRICES)} prices"


serve(answer, port=int(os.environ["PORT"]))
"""

LOADS_FIRST = """\
import os
import time

from answers import serve

print("Fetching the model from the archive", flush=True)
time.sleep(600)  # the archive is slow today


def answer(path):
    return "12 prices"


serve(answer, port=int(os.environ["PORT"]))
"""

PRICES = f"{list(range(12))}\n"

DRILLS = (
    Drill(
        "R10",
        "The dyno starts again and again",
        "The app runs well on your computer. On the platform it prints no error, and is killed.",
        project(FIXED_PORT),
        Question(
            "The app listens on a port of its own, not on the one in $PORT.",
            {
                "The app crashes while it starts.": "Then its traceback would stand in the "
                "log, and its exit status would be 1. Here it was killed: status 137.",
                "The app uses too much memory.": "Then the log had R14 or R15, and a line mem=….",
                "The router does not find the app's path.": "No request was needed for this: R10 "
                "comes from the dyno, before the router sends anything.",
            },
        ),
        Question(
            'Listen on int(os.environ["PORT"]).',
            {
                "Write port 8642 into the Procfile too.": "The platform chooses the port anew for "
                "each dyno, and looks for the app there and nowhere else.",
                "Give the app more time to start.": "It has listened for long, on another port.",
                "lab config set PORT=8642": "PORT is the dyno's own: the platform sets it last.",
            },
        ),
        "A web process has to listen on $PORT, on 0.0.0.0, within 60 seconds.",
        {"app.py": APP},
        (Ask(WANTED),),
    ),
    Drill(
        "H10",
        "It works here and crashes there",
        "The app starts on your computer, in this very folder. Every visitor gets an error page.",
        project(READS_A_FILE, **{".gitignore": "*.json\n"}),
        Question(
            "A file that the app reads is not in the commit.",
            {
                "A package is missing in requirements.txt.": "Then the last line of the traceback "
                "would be ModuleNotFoundError.",
                "The app listens on the wrong port.": "Then the code would be R10.",
                "The visitor asked for a path that is not there.": "Then the app had answered 404. "
                "It does not run at all.",
            },
        ),
        Question(
            "Commit prices.json: git add --force prices.json, and take *.json out of .gitignore.",
            {
                "Start another dyno.": "It gets the same slug, in which the file is missing.",
                "Give the whole path of the file on your computer.": "That folder is not on the "
                "platform.",
                "Copy prices.json into a running dyno.": "The next restart brings a fresh copy of "
                "the slug, without it.",
            },
        ),
        "What is not committed is not deployed. git status does not show what .gitignore names.",
        {"prices.json": PRICES},
        (Ask(WANTED),),
        not_committed={"prices.json": PRICES},
    ),
    Drill(
        "H14",
        "Built, released, and nobody at home",
        "The build succeeds, and the log shows no error. Every visitor gets an error page.",
        project(Procfile="worker: python app.py\n"),
        Question(
            "The Procfile declares no process of the type web.",
            {
                "The app has crashed.": "Then the code would be H10.",
                "The Procfile is not found.": "The build has read it: 'declares types -> worker'.",
                "The app is slow to start.": "No dyno was ever started for the router.",
            },
        ),
        Question(
            "Call the process web in the Procfile.",
            {
                "lab scale worker=1": "It would run, but the router sends requests to web alone.",
                "lab ps --restart": "There is no web dyno that could restart.",
                "Push once more.": "The same commit gives the same process types.",
            },
        ),
        "The router knows only web processes. Other types, such as worker, get no requests.",
        {"Procfile": FILES["Procfile"]},
        (Ask(WANTED),),
    ),
    Drill(
        "H20",
        "The first visitor waits for more than a minute",
        "A deploy has just gone out. A visitor's request waits and waits, and then fails.",
        project(LOADS_FIRST),
        Question(
            "The app does slow work before it listens, so the request waits for the dyno.",
            {
                "The app takes long for this one request.": "Then the code would be H12, and dyno= "
                "had a name: the request never reached a dyno.",
                "No dyno is declared.": "Then the code would be H14, and it came at once.",
                "The dyno refuses connections.": "Then the code would be H21, with a dyno= in it.",
            },
        ),
        Question(
            "Have the model in the slug: then the app can listen at once.",
            {
                "Let the client wait longer.": "The router gives up after 75 seconds, whatever "
                "the client does.",
                "Start two dynos.": "Both would fetch the model first.",
                "Send the request again.": "As long as the dyno starts, each request waits.",
            },
        ),
        "Whatever takes long belongs into the build, not into the start.",
        {"app.py": LOADS_FIRST.replace("time.sleep(600)  # the archive is slow today\n", "")},
        (Ask(WANTED),),
        waits=False,
    ),
)

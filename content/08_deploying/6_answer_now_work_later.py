# %% goal [markdown]
# # Answer now, work later
#
# **Goal.** `POST /reports` answers at once with status 202 and a number, and the report is made
# afterwards: `GET /reports/{number}` says `working` at first, and `done` later.
#
# This is the cure for H12. `make_report` takes longer than the router waits: here it waits for an
# archive, which in the check delivers only after your answers have been looked at. Write the
# endpoint for `POST`; its answer is `{"report": number}`. Do not change the rest.

# %% instructor [markdown]
# Minutes: 12
#
# A background task runs in the same dyno and dies with it. That is enough to meet the router's
# limit, and not enough for work that must not be lost: that belongs to a worker process and a
# queue. Ask what happens to a report when a release comes in between.

# %% solution
import os
import time
import uuid
from pathlib import Path

from fastapi import BackgroundTasks, FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}  # from the number of a report to its state


def make_report(number: str) -> None:
    """Take a long time, and then note that the report is done."""
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[number] = "done"


@app.get("/reports/{number}")
def state_of(number: str) -> dict[str, str]:
    if number not in reports:
        raise HTTPException(404)
    return {"state": reports[number]}


# BEGIN SOLUTION: ...  # Write POST /reports here. uuid.uuid4().hex makes a number.
@app.post("/reports", status_code=202)
def order(later: BackgroundTasks) -> dict[str, str]:
    number = uuid.uuid4().hex
    reports[number] = "working"
    later.add_task(make_report, number)
    return {"report": number}


# END SOLUTION


# %% check
import time

from lab.exercises.checking import Answer, expect, expect_equal
from lab.exercises.serving import Client

PATIENCE = 15.0  # seconds; a report is done a moment after the archive has delivered


def state(client: Client, number: str) -> str:
    """Return what the answer says of a report."""
    response = client.get(f"/reports/{number}")
    expect(
        response.status_code == 200,
        f"GET /reports/{number} was answered with {response.status_code}, although POST had given "
        "that number.",
        hint="Note the report in reports before you answer.",
    )
    return str(response.json().get("state"))


def check(answer: Answer) -> None:
    archive = answer.file.parent / "archive"
    with answer.served(environment={"ARCHIVE": str(archive)}) as client:
        numbers = []
        for _ in range(2):
            response = client.post("/reports")
            expect_equal(
                response.status_code,
                202,
                "The status of POST /reports",
                hint="202 means: taken, but not done yet. The decorator takes a status_code.",
            )
            number = response.json().get("report") if response.content else None
            expect(bool(number), f"POST /reports gave no number: {response.text!r}.")
            numbers.append(str(number))
        expect(len(set(numbers)) == 2, "Two orders got the same number.")
        for number in numbers:
            expect_equal(
                state(client, number), "working", "The state before the archive has delivered"
            )
        archive.touch()
        deadline = time.monotonic() + PATIENCE
        while any(state(client, number) != "done" for number in numbers):
            expect(
                time.monotonic() < deadline,
                "The archive has delivered, and a report never becomes done.",
                hint="Somebody has to call make_report, after the answer or beside it.",
            )
            time.sleep(0.05)


# %% hints [markdown]
# - Three steps: make a number, note that its report is `working`, and leave the work to somebody
#   who does it after the answer.
# - FastAPI gives a parameter of the type `BackgroundTasks` to an endpoint. What is added to it with
#   `add_task(function, argument)` runs when the answer has been sent.
# - `@app.post("/reports", status_code=202)` and below it
#   `def order(later: BackgroundTasks) -> dict[str, str]:`

# %% wrong-in-the-request
# why: 202 is set, so the rest comes later by itself.
# says: POST /reports had no answer within 5 seconds
import os
import time
import uuid
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(number: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[number] = "done"


@app.get("/reports/{number}")
def state_of(number: str):
    if number not in reports:
        raise HTTPException(404)
    return {"state": reports[number]}


@app.post("/reports", status_code=202)
def order():
    number = uuid.uuid4().hex
    reports[number] = "working"
    make_report(number)
    return {"report": number}


# %% wrong-status
# why: It went well, and 200 says so.
# says: The status of POST /reports should be 202, but is 200
import os
import time
import uuid
from pathlib import Path

from fastapi import BackgroundTasks, FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(number: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[number] = "done"


@app.get("/reports/{number}")
def state_of(number: str):
    if number not in reports:
        raise HTTPException(404)
    return {"state": reports[number]}


@app.post("/reports")
def order(later: BackgroundTasks):
    number = uuid.uuid4().hex
    reports[number] = "working"
    later.add_task(make_report, number)
    return {"report": number}


# %% wrong-not-noted
# why: make_report notes it.
# says: although POST had given that number
import os
import time
import uuid
from pathlib import Path

from fastapi import BackgroundTasks, FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(number: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[number] = "done"


@app.get("/reports/{number}")
def state_of(number: str):
    if number not in reports:
        raise HTTPException(404)
    return {"state": reports[number]}


@app.post("/reports", status_code=202)
def order(later: BackgroundTasks):
    number = uuid.uuid4().hex
    later.add_task(make_report, number)
    return {"report": number}


# %% wrong-nobody-works
# why: 202 is a promise, and the platform keeps it.
# says: a report never becomes done
import os
import time
import uuid
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


@app.get("/reports/{number}")
def state_of(number: str):
    if number not in reports:
        raise HTTPException(404)
    return {"state": reports[number]}


@app.post("/reports", status_code=202)
def order():
    number = uuid.uuid4().hex
    reports[number] = "working"
    return {"report": number}


# %% right-thread
import os
import threading
import time
import uuid
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(number: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[number] = "done"


@app.get("/reports/{number}")
def state_of(number: str):
    if number not in reports:
        raise HTTPException(404)
    return {"state": reports[number]}


@app.post("/reports", status_code=202)
async def order():
    number = uuid.uuid4().hex
    reports[number] = "working"
    threading.Thread(target=make_report, args=(number,), daemon=True).start()
    return {"report": number}

# %% goal [markdown]
# # Answer now, work later
#
# **Goal.** `POST /reports` answers at once with status 202 and an id, and the report is made
# afterwards: `GET /reports/{report_id}` says `working` at first, and `done` later.
#
# This is the cure for H12. `make_report` takes longer than the router waits: here it waits for an
# archive, which in the check delivers only after your answers have been looked at. Write the
# endpoint for `POST`; its answer is `{"report": report_id}`. Do not change the rest.

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
reports: dict[str, str] = {}  # from the id of a report to its state


def make_report(report_id: str) -> None:
    """Take a long time, and then note that the report is done."""
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[report_id] = "done"


@app.get("/reports/{report_id}")
def state_of(report_id: str) -> dict[str, str]:
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


# BEGIN SOLUTION: ...  # Write POST /reports here. uuid.uuid4().hex makes an id.
@app.post("/reports", status_code=202)
def order(later: BackgroundTasks) -> dict[str, str]:
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    later.add_task(make_report, report_id)
    return {"report": report_id}


# END SOLUTION


# %% check
import ast
import time

from lab.exercises.checking import Answer, expect, expect_equal
from lab.exercises.serving import Client

WORK = "make_report"
PATIENCE = 15.0  # seconds; a report is done a moment after the archive has delivered


def state(client: Client, report_id: str) -> str:
    """Return what the answer says of a report."""
    response = client.get(f"/reports/{report_id}")
    expect(
        response.status_code == 200,
        f"GET /reports/{report_id} was answered with {response.status_code}, although POST had "
        "given that id.",
        hint="Note the report in reports before you answer.",
    )
    return str(response.json().get("state"))


def called_at_once(answer: Answer) -> bool:
    """Whether make_report is called where it should be handed over."""
    tree = ast.parse(answer.source, str(answer.file))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = [one for call in calls for one in (*call.args, *(word.value for word in call.keywords))]
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == WORK
        for one in given
    )


def check(answer: Answer) -> None:
    expect(
        not called_at_once(answer),
        "The brackets behind make_report call it at once, in the request, and hand over what it "
        "returns: nothing.",
        hint="Hand over the function by its name, and its argument behind a comma.",
    )
    archive = answer.file.parent / "archive"
    with answer.served(environment={"ARCHIVE": str(archive)}) as client:
        ids = []
        for _ in range(2):
            response = client.post("/reports")
            expect_equal(
                response.status_code,
                202,
                "The status of POST /reports",
                hint="202 means: taken, but not done yet. The decorator takes a status_code.",
            )
            report_id = response.json().get("report") if response.content else None
            expect(bool(report_id), f"POST /reports gave no id: {response.text!r}.")
            ids.append(str(report_id))
        expect(len(set(ids)) == 2, "Two orders got the same id.")
        for report_id in ids:
            expect_equal(
                state(client, report_id), "working", "The state before the archive has delivered"
            )
        archive.touch()
        deadline = time.monotonic() + PATIENCE
        while any(state(client, report_id) != "done" for report_id in ids):
            expect(
                time.monotonic() < deadline,
                "The archive has delivered, and a report never becomes done.",
                hint="Somebody has to call make_report, after the answer or beside it.",
            )
            time.sleep(0.05)


# %% hints [markdown]
# - Three steps: make an id, note that its report is `working`, and leave the work to somebody
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


def make_report(report_id: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[report_id] = "done"


@app.get("/reports/{report_id}")
def state_of(report_id: str):
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


@app.post("/reports", status_code=202)
def order():
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    make_report(report_id)
    return {"report": report_id}


# %% wrong-called-at-once
# why: A task is a call, and a call has brackets.
# says: The brackets behind make_report call it at once
import os
import time
import uuid
from pathlib import Path

from fastapi import BackgroundTasks, FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(report_id: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[report_id] = "done"


@app.get("/reports/{report_id}")
def state_of(report_id: str):
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


@app.post("/reports", status_code=202)
def order(later: BackgroundTasks):
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    later.add_task(make_report(report_id))
    return {"report": report_id}


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


def make_report(report_id: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[report_id] = "done"


@app.get("/reports/{report_id}")
def state_of(report_id: str):
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


@app.post("/reports")
def order(later: BackgroundTasks):
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    later.add_task(make_report, report_id)
    return {"report": report_id}


# %% wrong-not-noted
# why: make_report notes it.
# says: although POST had given that id
import os
import time
import uuid
from pathlib import Path

from fastapi import BackgroundTasks, FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(report_id: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[report_id] = "done"


@app.get("/reports/{report_id}")
def state_of(report_id: str):
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


@app.post("/reports", status_code=202)
def order(later: BackgroundTasks):
    report_id = uuid.uuid4().hex
    later.add_task(make_report, report_id)
    return {"report": report_id}


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


@app.get("/reports/{report_id}")
def state_of(report_id: str):
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


@app.post("/reports", status_code=202)
def order():
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    return {"report": report_id}


# %% right-thread
import os
import threading
import time
import uuid
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
reports: dict[str, str] = {}


def make_report(report_id: str) -> None:
    while not Path(os.environ["ARCHIVE"]).exists():
        time.sleep(0.05)
    reports[report_id] = "done"


@app.get("/reports/{report_id}")
def state_of(report_id: str):
    if report_id not in reports:
        raise HTTPException(404)
    return {"state": reports[report_id]}


@app.post("/reports", status_code=202)
async def order():
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    threading.Thread(target=make_report, args=(report_id,), daemon=True).start()
    return {"report": report_id}

# Exercise 08.6: Answer now, work later
#
# **Goal.** `POST /reports` answers at once with status 202 and an id, and the report is made
# afterwards: `GET /reports/{report_id}` says `working` at first, and `done` later.
#
# This is the cure for H12. `make_report` takes longer than the router waits: here it waits for an
# archive, which in the check delivers only after your answers have been looked at. Write the
# endpoint for `POST`; its answer is `{"report": report_id}`. Do not change the rest.
#
# Check it: .venv/bin/lab check 08.6 in a terminal, or check("08.6") in a notebook.

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


...  # Write POST /reports here. uuid.uuid4().hex makes an id.

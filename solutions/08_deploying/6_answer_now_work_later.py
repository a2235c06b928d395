# Exercise 08.6: Answer now, work later
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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


@app.post("/reports", status_code=202)
def order(later: BackgroundTasks) -> dict[str, str]:
    report_id = uuid.uuid4().hex
    reports[report_id] = "working"
    later.add_task(make_report, report_id)
    return {"report": report_id}

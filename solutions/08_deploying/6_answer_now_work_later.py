# Exercise 08.6: Answer now, work later
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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


@app.post("/reports", status_code=202)
def order(later: BackgroundTasks) -> dict[str, str]:
    number = uuid.uuid4().hex
    reports[number] = "working"
    later.add_task(make_report, number)
    return {"report": number}

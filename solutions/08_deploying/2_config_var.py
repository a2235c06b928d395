# Exercise 08.2: Read a config var
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import os

from fastapi import FastAPI

MAX_HOUSES = int(os.environ.get("MAX_HOUSES", "10"))

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}

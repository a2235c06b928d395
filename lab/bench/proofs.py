"""Small experiments that put one statement to the test, in seconds and on this machine alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests

from lab import servers

TIMEOUT: Final = 60.0
PREDICT: Final = "/api/v1/predict"
HOUSE: Final = {"GrLivArea": 1500, "OverallQual": 6, "Neighborhood": "NAmes", "YearBuilt": 1970}
LINES: Final = 100


@dataclass(frozen=True)
class Finding:
    """What an experiment has found. `holds` is null when it could not be done."""

    holds: bool | None
    why: str


KILLED = f"""
import logging, os, signal, sys
logging.basicConfig(stream=sys.stderr, level="INFO", format="%(message)s")
for number in range({LINES}):
    print(f"line {{number}}")
    logging.info("line %d", number)
os.kill(os.getpid(), signal.SIGKILL)
"""


def loses_prints() -> Finding:
    """Let a process print and log lines and then be killed, and count what has arrived."""
    # -I: without the variable that would switch the collecting of lines off.
    ended = subprocess.run(
        [sys.executable, "-I", "-c", KILLED], capture_output=True, text=True, timeout=TIMEOUT
    )
    printed, logged = len(ended.stdout.splitlines()), len(ended.stderr.splitlines())
    why = (
        f"A process wrote {LINES} lines each way and was killed: {printed} printed lines arrived, "
        f"and {logged} logged ones."
    )
    return Finding(printed < LINES and logged == LINES, why)


def converts_types() -> Finding:
    """Ask FastAPI for a house whose area is a number, the same as a string, and a word."""
    with servers.running("fastapi") as server:
        return conversion(server.url)


def conversion(url: str) -> Finding:
    """Do the experiment of `converts_types` with the server at this address."""
    number, text, word = (
        _predict(url, {**HOUSE, "GrLivArea": area}) for area in (1500, "1500", "many")
    )
    same = number.status_code == text.status_code == 200 and (
        number.json()["predictions"] == text.json()["predictions"]
    )
    why = (
        f'The area as a number: {_told(number)}; as the string "1500": {_told(text)}; as the '
        f'string "many": {_told(word)}.'
    )
    return Finding(same, why)


QUESTIONS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("GET", "/api/v1/health", None),
    ("POST", PREDICT, {"inputs": [HOUSE]}),
    ("POST", PREDICT, {"inputs": [{**HOUSE, "OverallQual": 11}]}),
    ("POST", PREDICT, {"inputs": [{**HOUSE, "GrLiveArea": 900}]}),
    ("DELETE", PREDICT, None),
    ("GET", "/api/v1/nothing", None),
)


def same_answers() -> Finding:
    """Put the same questions to both apps, good ones and bad ones, and compare the answers."""
    with servers.running("fastapi") as one, servers.running("flask") as other:
        return sameness(one.url, other.url)


def sameness(one: str, other: str) -> Finding:
    """Do the experiment of `same_answers` with the servers at these addresses."""
    differ = [
        f"{method} {path}"
        for method, path, body in QUESTIONS
        if _answer(one, method, path, body) != _answer(other, method, path, body)
    ]
    asked = f"{len(QUESTIONS)} questions to Flask and FastAPI, wrong ones among them"
    if differ:
        return Finding(False, f"{asked}: the answers differ for {', '.join(differ)}.")
    return Finding(True, f"{asked}: the same status, media type and body each time.")


SELF_DOCUMENTED = """
import json
from fastapi import FastAPI
from pydantic import BaseModel

class House(BaseModel):
    area: float

app = FastAPI()

@app.post("/price")
def price(house: House) -> float:
    return 100 * house.area

print(json.dumps(app.openapi()))
"""


def documents_itself() -> Finding:
    """Look into the document that FastAPI has made of an app with one route."""
    ended = subprocess.run(
        [sys.executable, "-c", SELF_DOCUMENTED], capture_output=True, text=True, timeout=TIMEOUT
    )
    if ended.returncode:
        return Finding(None, "The app of the experiment did not run.")
    document = json.loads(ended.stdout)
    routes = list(document["paths"])
    field = document["components"]["schemas"].get("House", {}).get("properties", {}).get("area", {})
    why = f"The document has the routes {', '.join(routes)}; the area is a {field.get('type')}."
    return Finding("/price" in routes and field.get("type") == "number", why)


def pushes_subfolder() -> Finding:
    """Push one folder of a new repository with git subtree, and look at what has arrived."""
    if shutil.which("git") is None:
        return Finding(None, "Git is not installed here.")
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder) / "here", Path(folder) / "there"
        (here / "api").mkdir(parents=True)
        (here / "api" / "main.py").touch()
        (here / "notes.txt").touch()
        commands = [
            ["init", "--quiet", "--bare", str(there)],
            ["init", "--quiet", str(here)],
            ["-C", str(here), "add", "."],
            ["-C", str(here), *_AUTHOR, "commit", "--quiet", "--message", "One"],
            ["-C", str(here), "subtree", "push", "--prefix", "api", str(there), "main"],
        ]
        for command in commands:
            done = _git(command)
            if done.returncode:
                said = (done.stderr.strip() or done.stdout.strip()).splitlines()
                return Finding(None, f"git {command[-1]} failed: {said[-1] if said else ''}")
        arrived = _git(["-C", str(there), "ls-tree", "-r", "--name-only", "main"]).stdout.split()
    why = f"Of the files api/main.py and notes.txt, this arrived: {', '.join(arrived)}."
    return Finding(arrived == ["main.py"], why)


_AUTHOR = ["-c", "user.name=Lab", "-c", "user.email=lab@localhost", "-c", "commit.gpgsign=false"]


def _git(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, timeout=TIMEOUT)


def _predict(url: str, house: dict[str, Any]) -> requests.Response:
    return requests.post(url + PREDICT, json={"inputs": [house]}, timeout=TIMEOUT)


def _told(answer: requests.Response) -> str:
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    return f"{answer.json()['predictions'][0]:,.0f} dollars"


def _answer(url: str, method: str, path: str, body: Any) -> tuple[int, str, Any]:  # noqa: ANN401
    # An error names its request: the same name for both, so that the rest can be compared.
    headers = {"X-Request-ID": "one-question"}
    found = requests.request(method, url + path, json=body, headers=headers, timeout=TIMEOUT)
    return found.status_code, found.headers.get("Content-Type", ""), found.json()


PROOFS: Final[dict[str, Callable[[], Finding]]] = {
    proof.__name__: proof
    for proof in (loses_prints, converts_types, same_answers, documents_itself, pushes_subfolder)
}

"""A fault that nobody foresaw: a 500 tells the client nothing of it, and the log all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from lab import servers

# The served app, but with a model that has a fault.
FAULTY = """\
from apps.house_prices.model import Model


def predict(self, houses):
    raise ZeroDivisionError("a secret of the server")


Model.predict = predict
from apps.{name}_app.main import app
"""
HOUSE = {"GrLivArea": 1710, "OverallQual": 7, "Neighborhood": "CollgCr", "YearBuilt": 2003}


@pytest.mark.parametrize("name", ["fastapi", "flask"])
def test_a_fault_is_a_500_and_its_traceback_is_in_the_log_once(name: str, tmp_path: Path) -> None:
    (tmp_path / "faulty.py").write_text(FAULTY.format(name=name), encoding="utf-8")
    command = servers.STACKS[name].command.replace(f"apps.{name}_app.main:app", "faulty:app")
    for place in ("apps/flask_app/gunicorn.conf.py", "apps/house_prices/logging.json"):
        command = command.replace(place, str(servers.STACKS[name].directory / place))
    stack = servers.Stack("faulty", "A faulty copy", command, directory=tmp_path)
    with servers.running(stack, environment={"PYTHONPATH": str(tmp_path)}) as server:
        answer = requests.post(
            server.url + "/api/v1/predict",
            json={"inputs": [HOUSE]},
            headers={"X-Request-ID": "unlucky"},
            timeout=30,
        )
        health = requests.get(server.url + "/api/v1/health", timeout=30)
    assert health.status_code == 200
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Request-ID"] == "unlucky"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something failed on the server. Quote the request id when you report it.",
        "instance": "/requests/unlucky",
    }
    lines = server.lines()
    assert sum("ZeroDivisionError: a secret of the server" in line for line in lines) == 1
    assert sum("Traceback" in line for line in lines) == 1
    (failed, done) = (line for line in lines if "request_id=unlucky" in line)
    assert " ERROR " in failed
    assert "POST /api/v1/predict 500 " in done

"""A worker that is killed is gone, and the server has another one."""

from __future__ import annotations

from pathlib import Path

from lab import servers
from lab.lessons.crash import kill_worker
from lab.servers.programs import program_stack

APP = """\
from flask import Flask

app = Flask(__name__)
"""


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "nothing.py"
    file.write_text(APP, encoding="utf-8")
    with servers.running(program_stack(file, "gunicorn")) as server:
        before = {process.pid for process in server.processes()}
        killed = kill_worker(server)
        after = {process.pid for process in server.processes()}
        assert killed in before - after
        assert server.pid in after
        assert len(after) == len(before)

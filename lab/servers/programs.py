"""Serve a Python file: an app that somebody has just written, outside the project."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

from lab.servers.stacks import Stack

COMMANDS: Final = {
    "uvicorn": "uvicorn {app} --host {{host}} --port {{port}} --workers {{workers}} {options}",
    "gunicorn": "gunicorn {app} --bind {{host}}:{{port}} --workers {{workers}}"
    " --no-control-socket {options}",  # one socket in the user's home: two servers would share it
    "flask": "flask --app {app} run --host {{host}} --port {{port}} {options}",
}


def program_stack(
    file: Path, server: str = "uvicorn", *, app: str = "app", options: str = "", workers: int = 1
) -> Stack:
    """Return the stack that serves `app` of a file by "uvicorn", "gunicorn" or "flask".

    "flask" is Flask's development server. `options` is appended to the command. The stack counts as
    ready as soon as it answers anything.

    Raises ValueError for another server.
    """
    if server not in COMMANDS:
        raise ValueError(f"There is no server '{server}'. Choose one of: {', '.join(COMMANDS)}.")
    target = shlex.quote(f"{file.stem}:{app}")
    return Stack(
        name=f"{file.name} on {server}",
        title=f"{file.name} on {server}",
        command=COMMANDS[server].format(app=target, options=options),
        ready="",
        directory=file.parent,
        workers=workers,
        grace=2,
    )

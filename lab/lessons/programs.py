"""Small programs that a lesson writes and serves: cells that begin with `%%program name.py`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from IPython.core.getipython import get_ipython

from lab import servers
from lab.lessons.throwaway import Throwaway
from lab.servers.programs import program_stack


@cache
def folder() -> Path:
    """Return where this kernel keeps its programs: a new folder, gone when the kernel ends."""
    return Throwaway("programs-").path


def program_cell(line: str, cell: str) -> None:
    """Save the cell as the program that its first line names."""
    name = line.strip()
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.py", name):
        sys.stdout.write(f"'{name}' is no name for a program. Write it like hello_flask.py\n")
        return
    (folder() / name).write_text(cell, encoding="utf-8")
    sys.stdout.write(f"{name} is saved: {len(cell.splitlines())} lines.\n")


def start_program(
    name: str,
    server: str = "uvicorn",
    *,
    app: str = "app",
    options: str = "",
    workers: int = 1,
    environment: Mapping[str, str] | None = None,
) -> servers.Server:
    """Serve a saved program by "uvicorn", "gunicorn" or "flask" (Flask's development server).

    `options` is appended to the server's command. Raises what `servers.start` does.
    """
    file = folder() / name
    if not file.exists():
        raise FileNotFoundError(f"There is no program {name} yet. Run its cell first.")
    stack = program_stack(file, server, app=app, options=options, workers=workers)
    return servers.start(stack, environment=environment)


def register() -> None:
    """Make `%%program` known where this runs in a notebook."""
    if shell := get_ipython():
        shell.register_magic_function(program_cell, "cell", "program")  # type: ignore[arg-type]

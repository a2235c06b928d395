"""Small applications and their stacks, so that these tests need none of the real ones."""

from __future__ import annotations

import contextlib
import gc
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from lab import servers

SECONDS_TO_CLOSE = 5.0

APPLICATIONS = """
import os
import time


def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [os.environ.get("GREETING", "hello").encode()]


def never_ready(environ, start_response):
    start_response("503 Service Unavailable", [])
    return [b""]


def slow(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        print("slow request begun")
        time.sleep(1)
    start_response("200 OK", [])
    return [b"finished"]


async def asgi(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})
"""

# Runs `serve.py` of the same folder: http.server with what the test wants around it.
HTTP_SERVER = """
import http.server, os, signal, subprocess, sys, time


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())


if "ignores-sigterm" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "stops-slowly" in sys.argv:
    signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1.5), os._exit(0)))
if "has-escaped-child" in sys.argv:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print("arguments", *sys.argv[1:])
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""

MakeStack = Callable[..., servers.Stack]


@pytest.fixture
def make_stack(tmp_path: Path) -> MakeStack:
    """Return a function that makes a stack in a folder with small applications."""
    (tmp_path / "applications.py").write_text(APPLICATIONS)
    (tmp_path / "serve.py").write_text(HTTP_SERVER)

    def make(command: str, *, grace: float = 5, ready: str = "/") -> servers.Stack:
        return servers.Stack(
            "small", "A small server", command, ready=ready, directory=tmp_path, grace=grace
        )

    return make


@pytest.fixture
def plain(make_stack: MakeStack) -> servers.Stack:
    """The quickest stack to start: Python's own web server."""
    return make_stack("python serve.py")


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """No test may leave a process, not even a zombie, nor an open file."""
    this = psutil.Process()
    children, files = this.children(), opened()
    yield
    gc.collect()  # an exception in a test keeps its server, and that its lines, for a while
    assert this.children() == children
    # A thread of another test's fixture may have a file open for a moment; a leak stays open.
    deadline = time.monotonic() + SECONDS_TO_CLOSE
    while (more := opened() - files) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not more, f"open: {dict(more)}; threads: {threading.enumerate()}"


def opened() -> Counter[str]:
    """Count what this process has open: by kind where the system has a folder of it (Linux).

    What lies in /proc does not count: a thread that looks at processes all the time, as psutil
    does, has a file of it open whenever it waits for its turn.
    """
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        return Counter(files=psutil.Process().num_fds())
    found: Counter[str] = Counter()
    for file in folder.iterdir():
        with contextlib.suppress(OSError):  # closed meanwhile, as the folder itself is
            if not (name := str(file.readlink())).startswith("/proc"):
                found[re.sub(r"\d+", "", name)] += 1  # one socket is as good as another
    return found

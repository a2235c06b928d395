"""The three JavaScript clients, each built with its own tool chain and served on a free port."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from lab import servers
from lab.servers import Server
from tests.browser.conftest import (
    MakeContext,
    failures,
    make_context,
    pytest_runtest_teardown,
    shared_window,
)

# The fixtures of the browser, and the hook that ends it.
__all__ = ["failures", "make_context", "pytest_runtest_teardown", "shared_window"]

CLIENTS = Path(__file__).parents[2] / "clients"
INSTALL_SECONDS = 600
BUILD_SECONDS = 300

OpenClient = Callable[[str], Page]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and keeps silent about it."""

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module", params=["react", "vue", "angular"])
def built(request: pytest.FixtureRequest) -> Path:
    """The folder of one client, built. Skips where there is no npm, unless REQUIRE_BROWSER is 1."""
    folder = CLIENTS / str(request.param)
    npm = shutil.which("npm")
    if npm is None:
        message = "There is no npm on the PATH to build the client with."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"{message} CLIENTS=1 REQUIRE_BROWSER=1 asks for one: install Node.js.")
        pytest.skip(f"{message} It comes with Node.js.")
    _build(folder, npm)
    return folder


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    """The origin that the built files of one client come from."""
    handler = partial(QuietHandler, directory=built / "dist")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["fastapi", "flask"])
def api(request: pytest.FixtureRequest, site: str) -> Iterator[Server]:
    """Each of the two apps, which lets pages of that origin read its answers."""
    with servers.running(request.param, environment={"CORS_ORIGINS": site}) as server:
        yield server


@pytest.fixture
def open_client(site: str, make_context: MakeContext) -> OpenClient:
    """Return a function that opens the client's page and points it at the API of a URL."""

    def open_client(url: str) -> Page:
        page = make_context().new_page()
        page.goto(f"{site}/?api={url}")
        return page

    return open_client


@cache
def _build(folder: Path, npm: str) -> None:
    if not _is_installed(folder):
        _run(folder, INSTALL_SECONDS, npm, "ci")
    shutil.rmtree(folder / "dist", ignore_errors=True)
    _run(folder, BUILD_SECONDS, npm, "run", "build")


def _is_installed(folder: Path) -> bool:
    """Whether npm has unpacked what the lock file lists. npm leaves a list of its own."""
    lock, unpacked = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    return unpacked.exists() and unpacked.stat().st_mtime >= lock.stat().st_mtime


def _run(folder: Path, seconds: float, *command: str) -> None:
    result = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
    if result.returncode:
        pytest.fail(f"{' '.join(command)} failed in {folder}:\n{result.stdout[-3000:]}")

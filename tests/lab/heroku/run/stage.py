"""A formation with its router and log, and a small app in it, driven from a test."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import requests

from lab.heroku.releases import Release
from lab.heroku.run import Formation, Limits, Line, Log, Router
from lab.heroku.run.reading import ALL, Wanted, read

PATIENCE = 60  # seconds until what must come is missing
Found = TypeVar("Found")


def empty_environment(folder: Path) -> None:
    """Make a virtual environment without a package, so that hardly anything is to be unpacked."""
    base = Path(sys.executable).resolve()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "lib" / version / "site-packages").mkdir(parents=True)
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(base)
    (folder / "pyvenv.cfg").write_text(f"home = {base.parent}\n", encoding="utf-8")


class Stage:
    """Everything runs in an event loop of its own, in a thread; tests ask from outside."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.slug = folder / "slug"
        self.slug.mkdir(parents=True)
        self.environment = folder / "environment"
        empty_environment(self.environment)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.log = Log(folder / "log.jsonl")
        self._number = 0
        self.do(self._begin(limits))
        self.url = self.do(self.router.start())

    async def _begin(self, limits: Limits) -> None:
        self.formation = Formation(self.log, limits, folder=self.folder / "dynos")
        self.router = Router(self.formation, self.log, limits)

    def do(self, what: Coroutine[Any, Any, Found], *, patience: float = PATIENCE) -> Found:
        """Do something in the loop, and return what comes of it."""
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(patience)

    def made(self, program: str, **config: str) -> Release:
        """Return a release of a program in Python, which is its web process."""
        (self.slug / "app.py").write_text(program, encoding="utf-8")
        return self.of("python app.py", **config)

    def of(self, command: str, **config: str) -> Release:
        """Return a release whose web process is this command."""
        self._number += 1
        return Release(
            number=self._number,
            commit="c0ffee",
            description="Deploy c0ffee",
            slug=self.slug,
            environment=self.environment,
            config=config,
            process_types={"web": command},
        )

    def run(self, release: Release) -> None:
        """Run a release, and wait until its dynos are up or have crashed."""
        self.do(self.formation.release(release))
        self.do(self.formation.settled())

    def get(self, path: str = "/", **options: Any) -> requests.Response:
        """Send a GET through the router."""
        return self.ask("GET", path, **options)

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request through the router."""
        return requests.request(method, self.url + path, timeout=PATIENCE, **options)

    def lines(self, wanted: Wanted = ALL) -> list[Line]:
        """Return the lines of the log."""
        return read(self.folder / "log.jsonl", wanted)

    def texts(self, dyno: str = "web.1", *, after: int = 0) -> list[str]:
        """Return what the platform says of a dyno, from a line number on."""
        wanted = Wanted("heroku", dyno)
        return [line.text for line in self.lines(wanted) if line.number > after]

    @property
    def position(self) -> int:
        """The number of the last line."""
        return self.lines()[-1].number

    def line(self, text: str, *, after: int = 0) -> Line:
        """Wait for a line with this text, and return it."""
        return self.wait(
            lambda: next(
                (line for line in self.lines() if line.number > after and text in line.text), None
            ),
            what=text,
        )

    def routed(self, path: str) -> str:
        """Wait for what the router says of a request with this path, and return it."""
        return self.line(f'path="{path}"').text

    def wait(self, look: Callable[[], Found | None], *, what: str) -> Found:
        """Wait until something is there, and return it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(0.02)
        kept = "\n".join(str(line) for line in self.lines())
        raise AssertionError(f"did not come: {what}\n{kept}")

    def close(self) -> None:
        """Stop everything."""
        self.do(self.router.close())
        self.do(self.formation.close())
        self.log.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

"""One dyno: a copy of the slug and the processes in it, from start to end."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import re
import shutil
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import cache
from pathlib import Path

import psutil

from lab.heroku import environments, facts
from lab.heroku.releases import Release
from lab.heroku.run import loopback
from lab.heroku.run.limits import Limits
from lab.heroku.run.log import Log
from lab.heroku.run.memory import Memory
from lab.heroku.run.processes import Processes
from lab.heroku.run.variables import variables
from lab.servers.ports import HOST, free_port

POLL = 0.05  # seconds between two looks
DRAIN = 1.0  # seconds for the requests that a dyno has got to be answered before it must stop
OWN_ADDRESS = "127.0.0.2"
EVERYWHERE = {"0.0.0.0", "::"}
CANNOT_START = 1  # exit status


class Dyno:
    """One life of `web.1`: begins with `run`, ends with its processes, and is never run again."""

    def __init__(
        self, name: str, release: Release, command: str, *, log: Log, limits: Limits, folder: Path
    ) -> None:
        self.name = name
        self.release = release
        self.command = command
        self.address = address()
        self.port = free_port() if name.startswith("web.") else None
        self.is_up = False
        self.in_flight = 0  # requests; the router counts them
        self.retired = asyncio.Event()  # set: the router sends it nothing more
        self._log = log
        self._limits = limits
        self._parent = folder
        self._processes: Processes | None = None
        self._launched = asyncio.Event()
        self._over = asyncio.Event()

    @property
    def url(self) -> str:
        """Where the web process is reached."""
        return f"http://{self.address}:{self.port}"

    async def run(self, on_up: Callable[[], None]) -> int:
        """Run the command in a fresh copy of the slug until it ends; return its exit status.

        `on_up` is called once, as soon as the dyno can do its work.
        """
        folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir=self._parent))
        try:
            processes = await self._launch(folder)
            watches = (self._boot(processes, on_up), self._watch_memory(processes))
            async with _beside(*(self._surely(watch, processes) for watch in watches)):
                status = await processes.ended()
        except OSError as error:
            self._say(f"Rehearsal: the dyno cannot be started: {error}")
            status = CANNOT_START
        finally:
            self.is_up = False
            if self._processes is not None:
                self._processes.kill()  # there are some only where this task was cancelled
            self._launched.set()
            self.retired.set()
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            self._over.set()
        self._say(f"Process exited with status {status}")
        return status

    async def stop(self, *, grace: float | None = None) -> None:
        """Stop all processes, and return when they are gone.

        They have the platform's time to end in, or `grace` seconds if that is less.
        """
        self.retired.set()
        await self._launched.wait()
        if self._processes is None or self._over.is_set():
            return
        await self._drain()
        self._say("Stopping all processes with SIGTERM")
        self._processes.terminate()
        limit, hurried = self._limits.exit, ""
        if grace is not None and grace < limit.value:
            # The rehearsal ends, and does not wait as long as the platform would.
            limit = dataclasses.replace(limit, value=grace)
            hurried = limit.note
        try:
            async with asyncio.timeout(limit.value):
                await self._over.wait()
        except TimeoutError:
            if not hurried:
                self._error("R12", f" -> {self._exit_means()}{limit.note}")
            self._say(f"Stopping remaining processes with SIGKILL{hurried}")
            self._processes.kill()
            await self._over.wait()

    async def _launch(self, folder: Path) -> Processes:
        home = folder / "app"
        await asyncio.to_thread(self._unpack, folder, home)
        self._say(f"Starting process with command `{self._command_in_the_log}`")
        self._processes = await Processes.start(
            self.command,
            folder=home,
            variables=variables(
                home=home,
                dyno=self.name,
                port=self.port,
                address=self.address,
                megabytes=int(self._limits.memory.real),
                config=self.release.config,
            ),
            on_line=lambda line: self._log.app(self.name, line),
        )
        self._launched.set()
        return self._processes

    @property
    def _command_in_the_log(self) -> str:
        """The command with the number of its port, and with no other variable's value.

        So it is in logs of Heroku from 2020-01-06 and 2024-07-01. One of 2022-10-18 shows that
        ${PORT:-5000} stays as it is.
        """
        if self.port is None:
            return self.command
        return re.sub(r"\$PORT\b", str(self.port), self.command)

    def _unpack(self, folder: Path, home: Path) -> None:
        shutil.copytree(self.release.slug, home, symlinks=True)
        (folder / "tmp").mkdir()
        (home / ".heroku").mkdir(exist_ok=True)
        python = home / ".heroku" / "python"
        environments.plant(self.release.environment, python)
        loopback.put_into(python)

    async def _boot(self, processes: Processes, on_up: Callable[[], None]) -> None:
        """Wait until the web process listens where the router looks for it; other dynos are up."""
        limit = self._limits.boot
        deadline = time.monotonic() + limit.value
        while self.port is not None:
            began = time.monotonic()
            found = await processes.listening_at(self.port)
            if found & {self.address, f"::ffff:{self.address}"}:
                break
            if found & EVERYWHERE:
                self._say(
                    "Rehearsal: this server listens on every address of the machine. Servers in "
                    "the app's own Python (uvicorn, gunicorn ...) are kept on loopback, this one "
                    "cannot be. It is stopped."
                )
                processes.kill()
                return
            if time.monotonic() > deadline:
                self._error(
                    "R10",
                    " -> Web process failed to bind to $PORT within "
                    f"{limit.real:g} seconds of launch{limit.note}",
                )
                self._say("Stopping process with SIGKILL")
                processes.kill()
                return
            spent = time.monotonic() - began  # on a busy machine, more than one should
            await asyncio.sleep(max(POLL, 3 * spent))
        self.is_up = True
        on_up()

    async def _watch_memory(self, processes: Processes) -> None:
        watch = Memory(self._limits)
        while True:
            for line in watch.look(await processes.megabytes()):
                self._say(line)
            if watch.must_end:
                self._say("Stopping process with SIGKILL")
                processes.kill()
                return
            await asyncio.sleep(watch.interval)

    async def _surely(self, watch: Coroutine[None, None, None], processes: Processes) -> None:
        """End a dyno that can no longer be watched: it would start for ever, or grow unseen."""
        try:
            await watch
        except (OSError, psutil.Error) as error:
            self._say(f"Rehearsal: the dyno cannot be watched, and is stopped: {error}")
            processes.kill()

    async def _drain(self) -> None:
        """Let the requests be answered that the router has sent just before."""
        deadline = time.monotonic() + DRAIN
        while self.in_flight and time.monotonic() < deadline and not self._over.is_set():
            await asyncio.sleep(POLL / 5)

    def _exit_means(self) -> str:
        seconds = self._limits.exit.real
        return f"At least one process failed to exit within {seconds:g} seconds of SIGTERM"

    def _error(self, code: str, rest: str = "") -> None:
        self._say(f"Error {code} ({facts.platform().code_of(code).text}){rest}")

    def _say(self, text: str) -> None:
        self._log.heroku(self.name, text)


@contextlib.asynccontextmanager
async def _beside(*watches: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do other things for the length of a block."""
    tasks = [asyncio.create_task(watch) for watch in watches]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@cache
def address() -> str:
    """Return the address that a dyno has for the router: another one than 127.0.0.1 if possible.

    On the platform the router cannot reach a server that listens on 127.0.0.1 alone. Linux has many
    loopback addresses, so that the same happens here; macOS has only the one.
    """
    with socket.socket() as probe:
        try:
            probe.bind((OWN_ADDRESS, 0))
        except OSError:
            return HOST
    return OWN_ADDRESS

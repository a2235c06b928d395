"""A place in the formation, such as `web.1`: one dyno after another lives in it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from lab.heroku.releases import Release
from lab.heroku.run.dyno import Dyno
from lab.heroku.run.limits import Limits
from lab.heroku.run.log import Log

State = Literal["down", "starting", "up", "crashed"]


class Place:
    """Keeps a dyno running: starts one, and another when it has crashed."""

    def __init__(
        self, name: str, *, log: Log, limits: Limits, folder: Path, changed: Callable[[], None]
    ) -> None:
        self.name = name
        self.kind, _, number = name.partition(".")
        self.number = int(number)
        self.state: State = "down"
        self.since = datetime.now(UTC)
        self.dyno: Dyno | None = None
        self._log = log
        self._limits = limits
        self._folder = folder
        self._changed = changed
        self._up_since: float | None = None
        self._given_up = asyncio.Event()  # set: the present dyno is not to be kept running
        self._ending: set[Dyno] = set()  # those that have their signal to stop
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, release: Release, *, because: str = "") -> None:
        """Run a release from now on. A dyno that is there gets its signal to stop meanwhile."""
        if because:
            self._log.heroku(self.name, because)
        self._to("starting")
        self._retire()
        self._given_up = asyncio.Event()
        self._do(self._keep_running(release, self._given_up))

    def stop(self, *, grace: float | None = None) -> None:
        """Run nothing from now on; `gone` waits until that is so.

        With `grace` the dynos that a restart has replaced have no more time than that either.
        """
        if self.state != "down":
            self._to("down")
        if grace is not None:
            for dyno in self._ending:
                self._do(dyno.stop(grace=grace))
        self._retire(grace)

    @property
    def is_gone(self) -> bool:
        """Whether all that has been stopped, or replaced, has ended."""
        return not self._tasks

    async def gone(self) -> None:
        """Wait until all that has been stopped, or replaced, has ended."""
        while running := [task for task in self._tasks if not task.done()]:
            await asyncio.gather(*running)

    def _retire(self, grace: float | None = None) -> None:
        self._given_up.set()
        if self.dyno is not None:
            self._ending.add(self.dyno)
            self._do(self._end(self.dyno, grace))
            self.dyno = None

    async def _end(self, dyno: Dyno, grace: float | None) -> None:
        await dyno.stop(grace=grace)
        self._ending.discard(dyno)

    async def _keep_running(self, release: Release, given_up: asyncio.Event) -> None:
        crashes = 0
        command = release.process_types[self.kind]
        while not given_up.is_set():
            dyno = self.dyno = Dyno(
                self.name,
                release,
                command,
                log=self._log,
                limits=self._limits,
                folder=self._folder,
            )
            self._up_since = None
            cycle = asyncio.create_task(self._cycle(release, dyno))
            try:
                await dyno.run(functools.partial(self._up, dyno))
            finally:
                cycle.cancel()
            if given_up.is_set():
                return
            self._to("crashed")
            if self._ran_well:
                crashes = 0
            note = await self._cool_off(crashes, given_up)
            crashes += 1
            if not given_up.is_set():
                self._to("starting", note)

    def _up(self, dyno: Dyno) -> None:
        if dyno is self.dyno:
            self._up_since = time.monotonic()
            self._to("up")

    @property
    def _ran_well(self) -> bool:
        """Whether the last dyno was up for so long that its crash is the first in a row."""
        since = self._up_since
        return since is not None and time.monotonic() - since > self._limits.cool_off.value

    async def _cool_off(self, crashes: int, given_up: asyncio.Event) -> str:
        """Wait as long as the platform does after so many crashes in a row before this one."""
        if crashes == 0:
            return ""
        limit = self._limits.cool_off
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(given_up.wait(), limit.value * 2 ** (crashes - 1))
        return limit.note

    async def _cycle(self, release: Release, dyno: Dyno) -> None:
        spread = random.random() * self._limits.cycle_spread.value
        await asyncio.sleep(self._limits.cycle.value + spread)
        if dyno is self.dyno:
            self.start(release, because=f"Cycling{self._limits.cycle.note}")

    def _to(self, state: State, note: str = "") -> None:
        if state != self.state:
            self._log.heroku(self.name, f"State changed from {self.state} to {state}{note}")
        self.state = state
        self.since = datetime.now(UTC)
        self._changed()

    def _do(self, what: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

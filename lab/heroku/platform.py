"""The process of a rehearsal: it owns dynos, router and releases, and does what it is told.

Run as a program, `python -m lab.heroku.platform HOME --speed 10`, it stops on SIGTERM, SIGINT or
SIGHUP, when it is told to over HTTP, and, with `--leash`, as soon as its parent is gone: its
standard input is a pipe from the parent, which ends with it (`lab.servers.guardian` has the
reasons). `--session PID` ties it to the process that leads a terminal's session instead.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from lab.heroku import facts, run
from lab.heroku.changes import Changes
from lab.heroku.commanded import Commanded
from lab.heroku.home import Home, RehearsalError, Running
from lab.heroku.releases import Releases
from lab.servers.guardian import has_ended

WATCH = 0.2  # seconds between two looks at those for whom the platform runs


@dataclass(frozen=True)
class Settings:
    """How a platform is to run, and for whom: it stops when they are gone."""

    speed: float = 1.0
    slug_limit_megabytes: int = facts.platform().slug.limit_megabytes
    memory_megabytes: float | None = None  # of a dyno, where it is not what the platform gives
    made_from_app_json: bool = False  # the app; else by heroku create, which does not read it
    parent: int | None = None
    session: psutil.Process | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether those for whom the platform runs are still there."""
        if self.parent is not None and os.getppid() != self.parent:
            return False
        return self.session is None or not has_ended(self.session)


async def serve(home: Home, settings: Settings, ready: Callable[[Running], None]) -> None:
    """Run the platform of a rehearsal until it is told to stop; then stop all that it started.

    Raises:
        RehearsalError: when another platform runs it, or its releases cannot be read.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    with home.claimed():
        async with _platform(home, settings, stop) as running:
            ready(running)
            while not stop.is_set() and settings.is_wanted:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), WATCH)


@contextlib.asynccontextmanager
async def _platform(home: Home, settings: Settings, stop: asyncio.Event) -> AsyncIterator[Running]:
    log = run.Log(home.log)
    limits = run.Limits.at_speed(settings.speed)
    if settings.memory_megabytes is not None:
        limits = limits.but(memory=settings.memory_megabytes)
    formation = run.Formation(log, limits, folder=home.folder / "dynos")
    router = run.Router(formation, log, limits)
    async with contextlib.AsyncExitStack() as opened:
        opened.callback(log.close)
        opened.push_async_callback(formation.close)
        url = await router.start()
        opened.push_async_callback(router.close)
        changes = Changes(home, Releases(home.folder), formation, log)
        commanded = Commanded(changes, stop)
        port = await commanded.start()
        opened.push_async_callback(commanded.close)
        running = Running(
            pid=os.getpid(),
            began=psutil.Process().create_time(),
            port=port,
            url=url,
            speed=settings.speed,
            slug_limit_megabytes=settings.slug_limit_megabytes,
            made_from_app_json=settings.made_from_app_json,
        )
        commanded.running = running
        await changes.resume()
        home.started(running)
        opened.callback(home.stopped)
        yield running


def _watch_leash(stop: Callable[[], None]) -> None:
    """Stop at the end of standard input: then the parent is gone, or wants no more of it."""
    loop = asyncio.get_running_loop()

    def look() -> None:
        if not os.read(0, 100):
            loop.remove_reader(0)
            stop()

    loop.add_reader(0, look)


def main() -> int:
    """Run a platform that somebody else has started."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--slug-limit", type=int, default=Settings.slug_limit_megabytes)
    parser.add_argument("--memory", type=float)
    parser.add_argument("--made-from-app-json", action="store_true")
    parser.add_argument("--leash", action="store_true")
    parser.add_argument("--session", type=int)
    given = parser.parse_args()
    settings = Settings(
        speed=given.speed,
        slug_limit_megabytes=given.slug_limit,
        memory_megabytes=given.memory,
        made_from_app_json=given.made_from_app_json,
        parent=os.getppid() if given.leash else None,
        session=psutil.Process(given.session) if given.session else None,
    )

    def ready(running: Running) -> None:
        sys.stdout.write(f"{running.url}\n")
        sys.stdout.flush()
        if given.leash:
            _watch_leash(lambda: os.kill(os.getpid(), signal.SIGTERM))

    try:
        asyncio.run(serve(Home(given.home), settings, ready))
    except RehearsalError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

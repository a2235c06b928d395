"""A rehearsal for notebooks, drills and tests: started, pushed to, asked and stopped from Python.

with rehearsal.start(copy, speed=10) as stage:
    print(stage.push())
    requests.get(stage.url)
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lab.heroku import remote
from lab.heroku.control import Control, Outcome, silent
from lab.heroku.home import NAME, Home, RehearsalError, Running
from lab.heroku.releases import Release, Releases
from lab.heroku.run.log import Source
from lab.heroku.run.reading import Wanted, read

PATIENCE = 60.0  # seconds: for what takes a moment, on a machine that is busy
# A dyno that does not listen gets its R10 after 60 seconds. Who waits for it is to see that line.
START_PATIENCE = 75.0
POLL = 0.05
LAST_LINES = 25  # of the log, where it says why something did not come


def start(
    copy: Path,
    *,
    speed: float = 1.0,
    home: Path | None = None,
    slug_limit_megabytes: int | None = None,
    memory_megabytes: float | None = None,
    made_from_app_json: bool = False,
) -> Rehearsal:
    """Start the rehearsal of a copy, and return it. It stops with this process at the latest.

    `speed` shortens the platform's time limits so many times. `memory_megabytes` gives the dynos
    less memory, so that too much of it is quickly used. `home` is where it keeps everything,
    instead of a folder in the copy. The app is one that `heroku create` makes; one that is
    `made_from_app_json` is refused for what is wrong there.

    Raises:
        RehearsalError: when the copy is no repository, or a rehearsal of it runs already.
    """
    root, place, name = prepare(copy, home)
    given = {"--slug-limit": slug_limit_megabytes, "--memory": memory_megabytes}
    options = [f"{name}={value}" for name, value in given.items() if value is not None]
    options += ["--made-from-app-json"] if made_from_app_json else []
    with place.output.open("wb") as output:
        process = subprocess.Popen(
            [*command(place, speed), *options, "--leash"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            env=variables(),
            start_new_session=True,
        )
    running = wait_for_start(place, process)
    return Rehearsal(root, place, name, running, process)


def prepare(copy: Path, home: Path | None = None) -> tuple[Path, Home, str]:
    """Set up what a rehearsal needs; return the copy's root, the folder, and the remote's name.

    Raises:
        RehearsalError: when the copy is no repository, or a rehearsal of it runs already.
    """
    if not copy.is_dir():
        raise RehearsalError(f"{copy} is not a folder.")
    root = remote.root_of(copy.resolve())
    place = Home(home.resolve() if home else root / NAME)
    if (running := place.running()) is not None:
        raise RehearsalError(
            f"A rehearsal of {root} runs already, at {running.url}.\n"
            "Push to it, or stop it first: lab rehearse --stop"
        )
    return root, place, remote.set_up(root, place)


def command(home: Home, speed: float) -> list[str]:
    """Return the command that runs a platform."""
    platform = [sys.executable, "-P", "-m", "lab.heroku.platform"]
    return [*platform, str(home.folder), "--speed", str(speed)]


def variables() -> dict[str, str]:
    """Return this process's variables, with which another finds this very lab."""
    others = os.environ.get("PYTHONPATH", "")
    path = os.pathsep.join(filter(None, [str(remote.ROOT), others]))
    return {**os.environ, "PYTHONPATH": path}


def wait_for_start(home: Home, process: subprocess.Popen[bytes]) -> Running:
    """Return the platform that a process runs, as soon as it answers.

    Raises:
        RehearsalError: when it ends instead.
    """
    assert process.stdout is not None
    with process.stdout as said:
        ready = said.readline()
    if not ready:
        process.wait()
        why = home.output.read_text(encoding="utf-8", errors="replace").strip()
        raise RehearsalError(f"The platform did not start:\n{why}")
    return home.must_run()


class Rehearsal:
    """A rehearsal that runs. Made by `start`."""

    def __init__(
        self,
        copy: Path,
        home: Home,
        remote_name: str,
        running: Running,
        process: subprocess.Popen[bytes],
    ) -> None:
        self.copy = copy
        self.home = home
        self.remote = remote_name
        self.url = running.url
        self.control = Control(running)
        self._process = process

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = "running" if self._process.poll() is None else "stopped"
        return f"<Rehearsal of {self.copy}, {self.url}, {state}>"

    def push(self, prefix: str = "", tell: Callable[[str], None] = silent) -> remote.Push:
        """Push what is committed, or one folder of it, and return what Git said.

        `tell` gets each line as soon as it comes: `push(tell=print)` shows the build.
        """
        return remote.push(self.copy, self.remote, prefix=prefix, tell=tell)

    def lines(self, *, source: Source | None = None, dyno: str | None = None) -> list[str]:
        """Return the lines of the log as `lab logs` shows them."""
        return [str(line) for line in read(self.home.log, Wanted(source, dyno))]

    def wait_for(self, text: str, *, times: int = 1, patience: float = PATIENCE) -> str:
        """Wait until a text stands in so many lines of the log, and return the last of them.

        Raises:
            RehearsalError: when it does not come in time.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            found = [line for line in self.lines() if text in line]
            if len(found) >= times:
                return found[times - 1]
            time.sleep(POLL)
        last = "\n".join(self.lines()[-LAST_LINES:])
        raise RehearsalError(f"'{text}' did not come into the log. Its last lines:\n{last}")

    def wait_until_up(self, patience: float = START_PATIENCE) -> None:
        """Wait until each dyno that should run is up.

        Raises:
            RehearsalError: when one is not in time.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            dynos = self.ps()
            if dynos and all(one["state"] == "up" for one in dynos):
                return
            time.sleep(POLL)
        states = [f"{one['name']} is {one['state']}" for one in self.ps()]
        last = "\n".join(self.lines()[-LAST_LINES:])
        raise RehearsalError(
            f"Not every dyno is up after {patience:g} seconds: "
            f"{', '.join(states) or 'there is none'}. The log's last lines:\n{last}"
        )

    def ps(self) -> list[dict[str, Any]]:
        """Return the dynos and how each stands."""
        dynos: list[dict[str, Any]] = self.control.status()["dynos"]
        return dynos

    def scale(self, **counts: int) -> None:
        """Have so many dynos of each process type: `scale(web=2)`."""
        self.control.scale(counts)

    def restart(self, dyno: str | None = None) -> None:
        """Restart one dyno, or all."""
        self.control.restart(dyno)

    @property
    def config(self) -> dict[str, str]:
        """The config vars of now."""
        current = Releases(self.home.folder).current
        return current.config if current else {}

    def set_config(
        self, values: Mapping[str, str], tell: Callable[[str], None] = silent
    ) -> Outcome:
        """Set config vars, which makes a release."""
        return self.control.configure(values, (), tell)

    def unset_config(self, *names: str) -> Outcome:
        """Unset config vars, which makes a release."""
        return self.control.configure({}, names)

    def releases(self) -> list[Release]:
        """Return every release, the oldest first."""
        return Releases(self.home.folder).all()

    def rollback(self, number: int) -> Outcome:
        """Release once more what an earlier release was."""
        return self.control.rollback(number)

    def stop(self) -> None:
        """Stop the platform and all that it runs, and return when they are gone."""
        leash = self._process.stdin
        if leash is not None:
            with contextlib.suppress(OSError):
                leash.close()
        self._process.wait()

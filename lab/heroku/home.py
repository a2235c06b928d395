"""The folder in which a rehearsal keeps everything, and how a command finds it.

remote.git/        what one pushes to: a bare repository whose hook builds
environments/      virtual environments, each for one requirements.txt and one Python
slugs/N/app/       what was built, ready to run; only the newest are kept
releases.json      which of them were released, with which config vars
formation.json     how many dynos of each process type were asked for
log.jsonl          the log of the app, the dynos and the router
platform.json      where the running platform answers, and its token
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil
from pydantic import TypeAdapter, ValidationError

from lab.heroku import facts

NAME = ".rehearsal"
HOW_TO_START = "Start one in another terminal: lab rehearse"


class RehearsalError(RuntimeError):
    """The rehearsal cannot do what was asked. Says why and what to do."""


@dataclass(frozen=True)
class Running:
    """A platform that runs: its process, and where it answers."""

    pid: int
    began: float
    port: int
    url: str
    speed: float = 1.0
    slug_limit_megabytes: int = facts.platform().slug.limit_megabytes
    made_from_app_json: bool = False
    token: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    @property
    def is_alive(self) -> bool:
        """Whether that very process still runs; its number may belong to another by now."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.began) < 1
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False


_RUNNING = TypeAdapter(Running)


@dataclass(frozen=True)
class Home:
    """The folder of one rehearsal."""

    folder: Path

    @property
    def remote(self) -> Path:
        """The bare repository."""
        return self.folder / "remote.git"

    @property
    def remote_name(self) -> str:
        """What the copy calls that repository."""
        with contextlib.suppress(OSError):
            return (self.folder / "remote.txt").read_text(encoding="utf-8").strip()
        return "heroku"

    @property
    def environments(self) -> Path:
        """The folder of the virtual environments."""
        return self.folder / "environments"

    @property
    def slugs(self) -> Path:
        """The folder of what was built."""
        return self.folder / "slugs"

    @property
    def formation(self) -> Path:
        """How many dynos of each process type were asked for."""
        return self.folder / "formation.json"

    @property
    def log(self) -> Path:
        """The log."""
        return self.folder / "log.jsonl"

    @property
    def output(self) -> Path:
        """What a platform in the background has printed: nothing, unless it failed."""
        return self.folder / "platform.txt"

    @property
    def _platform(self) -> Path:
        return self.folder / "platform.json"

    def running(self) -> Running | None:
        """Return the platform that runs here, or None."""
        try:
            found = _RUNNING.validate_json(self._platform.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return found if found.is_alive else None

    def must_run(self) -> Running:
        """Return the platform that runs here.

        Raises:
            RehearsalError: when none runs.
        """
        found = self.running()
        if found is None:
            raise RehearsalError(f"No rehearsal runs in {self.folder.parent}.\n{HOW_TO_START}")
        return found

    @contextlib.contextmanager
    def claimed(self) -> Iterator[None]:
        """Hold the folder for the platform of this process.

        Raises:
            RehearsalError: when another process holds it.
        """
        busy = f"A rehearsal runs already in {self.folder}. Stop it first: lab rehearse --stop"
        with locked(self.folder / "platform.lock", busy):
            yield

    def started(self, running: Running) -> None:
        """Note the platform that has started; only this user may read its token."""
        new = self._platform.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(json.dumps(asdict(running)) + "\n", encoding="utf-8")
        new.replace(self._platform)

    def stopped(self) -> None:
        """Note that the platform of this process has stopped."""
        self._platform.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(file: Path, busy: str) -> Iterator[None]:
    """Hold a file for the length of a block; the end of the process lets go of it too.

    Raises:
        RehearsalError: when another process holds it, with what is said then.
    """
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RehearsalError(busy) from error
        yield
    finally:
        os.close(descriptor)


def find(start: Path, given: Path | None = None) -> Home:
    """Return the rehearsal's folder: the one given, or the nearest above where one is.

    Raises:
        RehearsalError: when there is none.
    """
    if given is not None:
        return Home(given.resolve())
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / NAME).is_dir():
            return Home(folder / NAME)
    raise RehearsalError(f"There is no rehearsal of {start}.\n{HOW_TO_START}")

"""All dynos of the app: which there are, which release they run, and when they start and stop."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lab.heroku.releases import Release
from lab.heroku.run.dyno import Dyno
from lab.heroku.run.limits import Limits
from lab.heroku.run.log import Log
from lab.heroku.run.place import Place, State

RELEASE_PHASE = "release"
MOST = 10  # dynos of a type: they share this one machine
GRACE = 5.0  # seconds for the dynos to stop in when the rehearsal ends


@dataclass(frozen=True)
class Status:
    """What `lab ps` tells of a dyno."""

    name: str
    state: State
    since: datetime
    command: str
    release: int


class Formation:
    """The dynos. At first one `web`, as soon as a release declares it, and none of other types."""

    def __init__(self, log: Log, limits: Limits, *, folder: Path | None = None) -> None:
        """Keep the copies of the slug in `folder`, which is this formation's own."""
        self.release_running: Release | None = None
        self._log = log
        self._limits = limits
        self._folder = Path(tempfile.mkdtemp()) if folder is None else folder
        shutil.rmtree(self._folder, ignore_errors=True)  # left by one that was killed
        self._folder.mkdir(parents=True)
        self._wanted = {"web": 1}
        self._places: list[Place] = []
        self._leaving: list[Place] = []
        self._change = asyncio.Event()

    @property
    def quantities(self) -> dict[str, int]:
        """How many dynos of each process type are wanted."""
        return dict(self._wanted)

    @property
    def web(self) -> list[Place]:
        """The places of the web dynos."""
        return [place for place in self._places if place.kind == "web"]

    async def release(self, release: Release) -> None:
        """Run a release: new dynos start as soon as the old ones have their signal to stop."""
        self.release_running = release
        for place in self._places:
            if place.kind in release.process_types:
                place.start(release, because="Restarting")
        self._fit()

    def want(self, **quantities: int) -> None:
        """Have so many dynos of each of these process types as soon as a release declares them."""
        self._wanted |= quantities
        self._fit()

    async def scale(self, **quantities: int) -> None:
        """Run so many dynos of each of these process types.

        Raises:
            LookupError: when the Procfile of the release does not declare a type.
            ValueError: when there cannot be so many, or the type is that of the release phase.
        """
        declared = self.release_running.process_types if self.release_running else {}
        for kind, quantity in quantities.items():
            if kind == RELEASE_PHASE:
                raise ValueError(
                    f"'{RELEASE_PHASE}' is the release phase: its command runs once for each "
                    "release, in a dyno of its own, and cannot be scaled."
                )
            if kind not in declared:
                there = ", ".join(declared) or "none"
                raise LookupError(f"There is no process type '{kind}'. Declared are: {there}.")
            if not 0 <= quantity <= MOST:
                raise ValueError(
                    f"{quantity} dynos are not possible: here a type has {MOST} at most, for all "
                    "of them share this machine."
                )
        self.want(**quantities)

    async def restart(self, name: str | None = None) -> None:
        """Restart the dyno of this name (`web.1`), all of a process type (`web`), or all.

        Raises:
            LookupError: when there is none.
        """
        found = [place for place in self._places if name in {None, place.name, place.kind}]
        if self.release_running is None or (name is not None and not found):
            there = ", ".join(place.name for place in self._places) or "none"
            raise LookupError(f"There is no dyno '{name or 'web'}'. There are: {there}.")
        for place in found:
            place.start(self.release_running, because="Restarting")

    def status(self) -> list[Status]:
        """Return what there is to say of each dyno."""
        release = self.release_running
        if release is None:
            return []
        types = release.process_types
        return [
            Status(place.name, place.state, place.since, types[place.kind], release.number)
            for place in self._places
        ]

    async def settled(self) -> None:
        """Wait until no dyno is starting: each is up, or has crashed."""
        while any(place.state == "starting" for place in self._places):
            await self.changed()

    async def changed(self) -> None:
        """Wait until the state of a dyno changes."""
        await self._change.wait()

    async def run_once(self, release: Release, name: str, command: str) -> int:
        """Run a command in a dyno of its own, such as `release.1`; return its exit status."""
        self._log.heroku(name, "State changed from down to starting")
        dyno = Dyno(name, release, command, log=self._log, limits=self._limits, folder=self._folder)
        up = "State changed from starting to up"
        try:
            status = await dyno.run(lambda: self._log.heroku(name, up))
        except asyncio.CancelledError:
            await dyno.stop(grace=GRACE)
            raise
        self._log.heroku(name, "State changed from up to complete")
        return status

    async def close(self, *, grace: float = GRACE) -> None:
        """Stop all dynos, within `grace` seconds, and return when they are gone."""
        places = [*self._places, *self._leaving]
        for place in places:
            place.stop(grace=grace)
        self._places = []
        await asyncio.gather(*(place.gone() for place in places))
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    def _fit(self) -> None:
        """Start and stop dynos until there are as many as are wanted and declared."""
        release = self.release_running
        if release is None:
            return
        names = set(self._names(release))
        self._leaving = [place for place in self._leaving if not place.is_gone]
        for place in [place for place in self._places if place.name not in names]:
            place.stop()
            self._places.remove(place)
            self._leaving.append(place)
        there = {place.name for place in self._places}
        for name in self._names(release):
            if name not in there:
                place = Place(
                    name,
                    log=self._log,
                    limits=self._limits,
                    folder=self._folder,
                    changed=self._tell,
                )
                self._places.append(place)
                place.start(release)
        self._places.sort(key=lambda place: (place.kind, place.number))
        self._tell()

    def _names(self, release: Release) -> Iterator[str]:
        for kind in release.process_types:
            for number in range(self._wanted.get(kind, 0)):
                yield f"{kind}.{number + 1}"

    def _tell(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

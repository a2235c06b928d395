"""The trial: what the learners do, and what must hold when they do it at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import aiohttp

from lab.classroom import merge
from lab.exercises.catalogue import exercises
from lab.servers.stacks import ROOT
from tools.try_hub.hub import Hub, TrialError
from tools.try_hub.learner import Learner
from tools.try_hub.usage import Usage

BOTH_RUN: Final = "start-both"  # the cell of lesson 00 after which two servers run
HOUSE: Final = {"GrLivArea": 1440, "OverallQual": 6, "Neighborhood": "NAmes", "YearBuilt": 1973}


@dataclass(frozen=True)
class Measured:
    """What a lesson took, for the learner who used the most of each."""

    lesson: str
    learners: int
    seconds: float
    processor_seconds: float
    megabytes: float
    megabytes_of_all: float

    def line(self) -> str:
        """Return it as a line for a person."""
        return (
            f"{self.lesson}: {self.learners} learners at once, {self.seconds:.0f} s; each at most "
            f"{self.processor_seconds:.0f} s of processor time and {self.megabytes:.0f} MB, "
            f"all together {self.megabytes_of_all:.0f} MB"
        )


class Trial:
    """Some learners on a running Hub."""

    def __init__(
        self, hub: Hub, names: list[str], usage: Usage, tell: Callable[[str], None]
    ) -> None:
        solvable = [one for one in exercises() if one.chapter.startswith("05")]
        self.learners = [
            # Each solves one exercise more than the one before, so that no two have the same.
            Learner(hub, name, solves=tuple(solvable[: place + 1]))
            for place, name in enumerate(names)
        ]
        self._usage = usage
        self._tell = tell
        self._barrier = asyncio.Barrier(len(names))
        self._shared = _shared_progress()

    async def begin(self) -> None:
        """Let all learners come at once."""
        tokens = [one.hub.start_server(one.name) for one in self.learners]
        for learner, token in zip(self.learners, await asyncio.gather(*tokens), strict=True):
            learner.token = token
        self._tell(f"{len(self.learners)} servers run, each with a copy of the workbook.")

    async def run(self, lesson: str) -> Measured:
        """Let all learners run a lesson at once.

        Raises:
            TrialError: when a cell fails, or something is shared that must not be.
        """
        for learner in self.learners:
            learner.ports.clear()
        before = self._usage.processor_seconds()
        self._usage.begin()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one.run(lesson, self._after)) for one in self.learners]
        peaks, peak = self._usage.peaks()
        after = self._usage.processor_seconds()
        return Measured(
            lesson,
            len(self.learners),
            max(task.result() for task in tasks),
            max(after[one.name] - before[one.name] for one in self.learners),
            max(peaks.values()) / 1e6,
            peak / 1e6,
        )

    async def _after(self, learner: Learner, cell: str, _: str) -> None:
        if cell != BOTH_RUN:
            return
        async with asyncio.timeout(300):
            await self._barrier.wait()  # now the servers of all learners run
        ports = [port for one in self.learners for port in one.ports]
        if len(ports) != 2 * len(self.learners) or len(set(ports)) != len(ports):
            raise TrialError(f"The ports of the learners' servers are not two each: {ports}")
        await self._browse(learner)
        async with asyncio.timeout(300):
            await self._barrier.wait()

    async def _browse(self, learner: Learner) -> None:
        """Open the page and its parts as the learner's browser does, and ask for a price."""
        for port in learner.ports:
            page = await learner.ask("GET", f"/proxy/{port}/")
            for path in ("assets/page.js", "docs", "assets/swagger-ui.css", "api/v1/openapi.json"):
                await learner.ask("GET", f"/proxy/{port}/{path}")
            if 'src="assets/page.js"' not in page:
                raise TrialError(f"The page at port {port} is not what it was: {page[:300]}")
            path = f"/proxy/{port}/api/v1/predict"
            await learner.ask("POST", path, body={"inputs": [HOUSE]})
        stranger = next((one for one in self.learners if one is not learner), None)
        if stranger is not None:
            path = f"/user/{learner.name}/api/contents/progress.json"
            await learner.hub.ask("GET", path, token=stranger.token, statuses=(403,))

    async def check_progress(self, folder: Path) -> None:
        """Collect all progress into a folder, and see that each has what this learner has done."""
        folder.mkdir()
        for learner in self.learners:
            found = await learner.ask("GET", "/api/contents/progress.json?type=file&format=text")
            (folder / f"{learner.name}.json").write_text(found["content"], encoding="utf-8")
        table = merge(folder)
        for learner in self.learners:
            progress = table.learners.get(learner.name)
            records = {} if progress is None else progress.exercises
            passed = [number for number, record in records.items() if record.passed_at]
            wanted = [one.number for one in learner.solves]
            if passed != wanted:
                raise TrialError(f"{learner.name} has passed {wanted}, and the file says {passed}.")
        if _shared_progress() != self._shared:
            raise TrialError("A learner's progress went into the workbook that all share.")
        self._tell("Progress: each learner's own, and `lab merge` puts it together.")


def _shared_progress() -> bytes | None:
    """Return the progress in the workbook that all share: an instructor may have some."""
    file = ROOT / "progress.json"
    return file.read_bytes() if file.exists() else None


async def run(
    url: str,
    token: str,
    names: list[str],
    lessons: list[str],
    usage: Usage,
    folder: Path,
    tell: Callable[[str], None],
) -> list[Measured]:
    """Run a whole trial against a Hub; return what each lesson took."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=300)) as session:
        trial = Trial(Hub(url, token, session), names, usage, tell)
        await trial.begin()
        measured = []
        for lesson in lessons:
            measured.append(await trial.run(lesson))
            tell(measured[-1].line())
        if any(lesson.startswith("05") for lesson in lessons):
            await trial.check_progress(folder / "handed-in")
        return measured


def as_json(measured: list[Measured]) -> str:
    """Return what was measured for a program."""
    return json.dumps([asdict(one) for one in measured], indent=2)

"""The processes of one dyno, held through a guardian so that none outlives the rehearsal.

this process  --leash-->  guardian  --starts, ends-->  supervisor  -->  the command, its workers
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

import psutil

from lab.servers import guardian
from lab.servers.guardian import family, has_ended

OnLine = Callable[[str], None]

SUPERVISOR = Path(__file__).with_name("supervisor.py")
CHUNK = 65536
LAST_OUTPUT = 2.0  # seconds for output to arrive after all processes have ended
MEGABYTE = 1024 * 1024
KILLED = 137  # the exit status after SIGKILL


class Processes:
    """A command that a shell runs, with everything that it starts. Made by `start`."""

    def __init__(self, holder: Process, supervisor: psutil.Process | None, on_line: OnLine) -> None:
        self._holder = holder
        self._supervisor = supervisor
        self._status = asyncio.ensure_future(self._wait(asyncio.create_task(self._relay(on_line))))

    @classmethod
    async def start(
        cls, command: str, *, folder: Path, variables: Mapping[str, str], on_line: OnLine
    ) -> Self:
        """Start a command in a folder, with these variables and no others."""
        program = (sys.executable, "-I")
        holder = await asyncio.create_subprocess_exec(
            *program,
            guardian.__file__,
            str(os.getpid()),
            *program,
            str(SUPERVISOR),
            command,
            cwd=folder,
            env=dict(variables),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            start_new_session=True,
        )
        supervisor = None
        pid = await _report(holder)
        if pid is not None:
            with contextlib.suppress(psutil.NoSuchProcess):  # it may have ended already
                supervisor = psutil.Process(pid)
        return cls(holder, supervisor, on_line)

    def all(self) -> set[psutil.Process]:
        """Return the live processes of the dyno."""
        if self._supervisor is None:
            return set()
        if not psutil.LINUX:
            return family(self._supervisor) - {self._supervisor}
        try:  # there the supervisor has adopted all: one look instead of one for each process
            found = self._supervisor.children(recursive=True)
        except psutil.NoSuchProcess:
            return set()
        return {one for one in found if not has_ended(one)}

    async def listening_at(self, port: int) -> set[str]:
        """Return the addresses at which one of the processes listens on the port."""
        return await asyncio.to_thread(
            lambda: {address for one in self.all() for address in _addresses(one, port)}
        )

    async def megabytes(self) -> float:
        """Return the memory of all processes together; what they share counts once."""
        return await asyncio.to_thread(lambda: sum(_bytes(one) for one in self.all()) / MEGABYTE)

    async def ended(self) -> int:
        """Wait for the end of all processes; return the exit status, as a shell has it."""
        return await asyncio.shield(self._status)

    def terminate(self) -> None:
        """Send SIGTERM to every process."""
        if self._supervisor is not None:
            with contextlib.suppress(psutil.Error):
                self._supervisor.terminate()

    def kill(self) -> None:
        """Send SIGKILL to every process."""
        leash = self._holder.stdin
        if leash is not None and not leash.is_closing():
            leash.write(b"0\n")
            leash.close()

    async def _wait(self, relay: asyncio.Task[None]) -> int:
        # The guardian says `status 0` when all have ended, and ends.
        status = await _report(self._holder)
        await self._holder.wait()
        self.kill()  # closes the leash
        await asyncio.wait([relay], timeout=LAST_OUTPUT)
        relay.cancel()  # somebody who is no process of the dyno may hold the other end
        if status is None:
            return KILLED
        return status if status >= 0 else 128 - status

    async def _relay(self, on_line: OnLine) -> None:
        output = self._holder.stderr
        assert output is not None
        begun = b""
        while chunk := await output.read(CHUNK):
            *lines, begun = (begun + chunk).split(b"\n")
            if len(begun) > CHUNK:  # an endless line must not fill the memory
                lines, begun = [*lines, begun], b""
            for line in lines:
                on_line(line.decode(errors="replace"))
        if begun:
            on_line(begun.decode(errors="replace"))


async def _report(holder: Process) -> int | None:
    """Return the number in the guardian's next line, or None when it has ended without one."""
    assert holder.stdout is not None
    words = (await holder.stdout.readline()).split()
    return int(words[-1]) if words else None


def _addresses(process: psutil.Process, port: int) -> Iterator[str]:
    with contextlib.suppress(psutil.Error):
        for link in process.net_connections("tcp"):
            if link.status == psutil.CONN_LISTEN and link.laddr.port == port:
                yield link.laddr.ip


def _bytes(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        if psutil.LINUX:  # what several workers share would count for each of them
            return int(process.memory_full_info().pss)
        return int(process.memory_info().rss)
    return 0

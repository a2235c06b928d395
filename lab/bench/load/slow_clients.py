"""Clients on slow lines: each sends its request byte by byte and holds a connection meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Self

from lab.bench.load.plan import Plan, SlowClients
from lab.bench.load.recording import SlowOnes
from lab.bench.load.targets import Target

PAUSE = 0.05  # seconds before a client that was turned away comes again


class SlowCrowd:
    """All slow clients of a run. They come back until the run ends."""

    def __init__(self, clients: SlowClients, target: Target, request: bytes) -> None:
        self._pause = clients.seconds_per_byte
        self._target = target
        self._request = request
        self._begun = self._answered = self._cut = 0
        self._tasks = [asyncio.ensure_future(self._come_again()) for _ in range(clients.count)]

    @classmethod
    def start(cls, plan: Plan, target: Target) -> Self | None:
        """Let the plan's slow clients begin, with its first request; None when it has none."""
        if plan.slow_clients is None:
            return None
        request = plan.requests[0].encoded(target.name, keep_alive=False)
        return cls(plan.slow_clients, target, request)

    async def stop(self) -> SlowOnes:
        """End them and return what became of their requests."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return SlowOnes(
            begun=self._begun,
            answered=self._answered,
            cut=self._cut,
            unfinished=self._begun - self._answered - self._cut,
        )

    async def _come_again(self) -> None:
        while True:
            self._begun += 1
            try:
                answered = await self._ask()
            except OSError:
                answered = False
            if answered:
                self._answered += 1
            else:
                self._cut += 1
                await asyncio.sleep(PAUSE)

    async def _ask(self) -> bool:
        """Send one request slowly. Return whether any answer came."""
        reader, writer = await asyncio.open_connection(self._target.address, self._target.port)
        try:
            for byte in self._request:
                if reader.at_eof():
                    return False
                writer.write(bytes([byte]))
                await asyncio.sleep(self._pause)
            return (await reader.read(12)).startswith(b"HTTP/1.")
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

"""The connections of a run: how they are made, used again, and lost."""

from __future__ import annotations

import asyncio
import itertools
from abc import ABC, abstractmethod

from lab.bench.load.collecting import Collector, clock
from lab.bench.load.connection import Connection
from lab.bench.load.plan import Plan
from lab.bench.load.targets import Target

PAUSE = 0.01  # seconds until a connection that could not be made is tried again


class Pool(ABC):
    """At most `plan.connections` connections. What happens on them goes to the collector."""

    def __init__(
        self, plan: Plan, target: Target, collector: Collector, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.plan = plan
        self.bytes_in = 0
        self.planned = 0  # requests whose start lies in the window
        self.full = asyncio.Event()  # most_requests is reached
        self.idle = asyncio.Event()  # set, after `stop`, when the last request has ended
        self._target = target
        self._collector = collector
        self._loop = loop
        self._stopped = False
        self._connections: set[Connection] = set()
        self._free: list[Connection] = []  # the last one freed is the first one used
        encoded = [one.encoded(target.name, keep_alive=plan.keep_alive) for one in plan.requests]
        self._requests = itertools.cycle(encoded)

    @abstractmethod
    def start(self, zero: float) -> None:
        """Begin, the warm-up first."""

    @abstractmethod
    def take(self, now: float) -> float | None:
        """Return the intended start of the request to send now, None when there is none."""

    def unstarted(self) -> list[float]:
        """Return the intended starts of the requests that have no connection yet."""
        return []

    def stop(self) -> None:
        """Plan nothing more. `idle` tells when the rest has ended."""
        self._stopped = True
        self._look_whether_idle()

    def close(self) -> None:
        """Count what is still without an answer, and close everything."""
        collector = self._collector
        left = [one for one in self._connections if one.intended >= collector.begin]
        collector.unanswered += sum(one.busy for one in left)
        unsent = [one.intended for one in left if one.transport is None] + self.unstarted()
        collector.unsent += sum(intended >= collector.begin for intended in unsent)
        for connection in self._connections:
            connection.close()

    def give_up_late_ones(self) -> None:
        """End the requests that have had their timeout."""
        now = clock()
        for connection in list(self._connections):
            if now - connection.sent <= self.plan.timeout:
                continue
            if connection.transport is None:
                connection.close()
                self._not_connected(connection, "timeout")
            elif connection.busy:
                connection.close()
                self.failed(connection, "timeout")

    # What connections tell their owner.

    def connected(self, connection: Connection) -> None:
        """Send the request for which the connection was made."""
        now = clock()
        self._collector.queued.change(-1, now)
        self._collector.opened += 1
        self._send(connection, connection.intended, now)

    def answered(self, connection: Connection, status: int, keeps: bool) -> None:
        """Note the answer, and use the connection again where both sides allow it."""
        now = clock()
        self._collector.in_flight.change(-1, now)
        self._collector.answered(connection.intended, connection.sent, now, status)
        if not (keeps and self.plan.keep_alive):
            connection.close()
            self._connections.discard(connection)
            self._fill()
        elif (intended := self.take(now)) is not None:
            self._send(connection, intended, now)
        else:
            self._free.append(connection)
            self._look_whether_idle()

    def failed(self, connection: Connection, error: str) -> None:
        """Note the error."""
        now = clock()
        self._collector.in_flight.change(-1, now)
        self._collector.failed(connection.intended, error, now)
        self._connections.discard(connection)
        self._fill()

    def lost(self, connection: Connection) -> None:
        """Forget a connection that the server closed while nothing was asked."""
        self._connections.discard(connection)
        if connection in self._free:
            self._free.remove(connection)
        self._fill()

    def _send(self, connection: Connection, intended: float, now: float) -> None:
        request = next(self._requests)
        self._collector.in_flight.change(1, now)
        self._collector.bytes_out += len(request)
        if intended >= self._collector.begin:
            self._collector.sent += 1
        connection.send(request, intended, now)

    def _fill(self) -> None:
        """Use a place that came free: connect for the next request, if there is one."""
        if len(self._connections) < self.plan.connections:
            now = clock()
            if (intended := self.take(now)) is not None:
                self._connect(intended, now)
        self._look_whether_idle()

    def _connect(self, intended: float, now: float) -> None:
        connection = Connection(self, intended, now)
        self._connections.add(connection)
        self._collector.queued.change(1, now)
        connection.task = self._loop.create_task(self._make(connection))

    async def _make(self, connection: Connection) -> None:
        address, port = self._target.address, self._target.port
        try:
            await self._loop.create_connection(lambda: connection, address, port)
        except ConnectionRefusedError:
            self._not_connected(connection, "refused")
        except ConnectionResetError:
            self._not_connected(connection, "reset")
        except OSError:
            self._not_connected(connection, "unconnected")

    def _not_connected(self, connection: Connection, error: str) -> None:
        now = clock()
        self._connections.discard(connection)
        self._collector.queued.change(-1, now)
        self._collector.failed(connection.intended, error, now)
        self._loop.call_later(PAUSE, self._fill)
        self._look_whether_idle()

    def _look_whether_idle(self) -> None:
        collector = self._collector
        under_way = collector.in_flight.now or collector.queued.now
        if self._stopped and not under_way and not self.unstarted():
            self.idle.set()

"""What can go wrong when a server is started."""

from __future__ import annotations

from collections.abc import Sequence

from lab.servers.ports import free_port
from lab.servers.stacks import Stack

LAST_LINES = 15


class StartError(RuntimeError):
    """A server did not start. Says why, with the server's own last lines and what to do.

    `status` is its exit status, negative for a signal, None when it had not ended. `lines` is all
    that it printed.
    """

    def __init__(
        self,
        stack: Stack,
        reason: str,
        hint: str,
        *,
        status: int | None = None,
        lines: Sequence[str] = (),
    ) -> None:
        self.stack = stack
        self.status = status
        self.lines = list(lines)
        parts = [f"{stack.title} (stack '{stack.name}') {reason}"]
        if self.lines:
            parts += ["Its last lines:", *(f"    {line}" for line in self.lines[-LAST_LINES:])]
        super().__init__("\n".join([*parts, hint]))


class PortInUseError(StartError):
    """Somebody else's server listens on the port."""

    def __init__(self, stack: Stack, port: int, user: str = "") -> None:
        self.port = port
        super().__init__(
            stack,
            f"cannot use port {port}: another server listens there{f' ({user})' if user else ''}.",
            "Stop it, or choose another port, on the command line with --port. "
            f"One that is free now: {free_port()}",
        )

"""Keeps a server of a dyno on loopback, although the platform wants it to listen everywhere.

A server on the platform listens on 0.0.0.0, so that the router, another machine, reaches it. Here
the router is on this machine, and nobody else may reach the server. The dyno's own Python imports
this module whenever it starts: whoever binds every address gets the dyno's address, 127.0.0.2.
Whoever binds 127.0.0.1 gets just that, and is not reached by the router, as there.
"""

from __future__ import annotations

import os
import socket
from typing import Any

EVERYWHERE = {"", "0.0.0.0", "::"}
ADDRESS = os.environ.get("REHEARSAL_ADDRESS", "127.0.0.1")

_bind = socket.socket.bind


def bind(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - whatever a socket takes
    """Bind a socket; every address is the dyno's."""
    if isinstance(address, tuple) and address[0] in EVERYWHERE:
        if self.family == socket.AF_INET:
            address = (ADDRESS, *address[1:])
        elif self.family == socket.AF_INET6:
            only = self.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
            address = ("::1" if only else f"::ffff:{ADDRESS}", *address[1:])
    _bind(self, address)


socket.socket.bind = bind  # type: ignore[assignment, method-assign]

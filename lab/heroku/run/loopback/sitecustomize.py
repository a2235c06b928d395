"""Keeps a server of a dyno on loopback, although the platform wants it to listen everywhere.

A server on the platform listens on 0.0.0.0, so that the router, another machine, reaches it. Here
the router is on this machine, and nobody else may reach the server. Python imports this module when
it starts because its folder is the first on PYTHONPATH: whoever binds every address gets the dyno's
address, 127.0.0.2. Whoever binds 127.0.0.1 gets just that, and is not reached by the router, as
there.

Python looks for one module of this name alone. So an app that has one as well gets it from here.
"""

from __future__ import annotations

import os
import socket
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

EVERYWHERE = {"", "0.0.0.0", "::"}
ADDRESS = os.environ.get("REHEARSAL_ADDRESS", "127.0.0.1")
HERE = os.path.dirname(__file__)  # noqa: PTH120 - starts quickly

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


def run_the_app_s_own() -> None:
    """Import the sitecustomize that Python would have found without this one, if there is any."""
    found = PathFinder.find_spec(__name__, [place for place in sys.path if place != HERE])
    if found is not None and found.loader is not None:
        sys.modules[__name__] = module = module_from_spec(found)
        found.loader.exec_module(module)


socket.socket.bind = bind  # type: ignore[assignment, method-assign]
run_the_app_s_own()

"""Which port is free, and whose server listens on it.

A port found free can be taken by somebody else before our server binds it. Handing our own
listening socket over would close that gap, but only some servers take one, and the command would no
longer be the one that learners type and the platform runs. So the gap stays open and is watched:
a server counts as started only when the port answers and one of its own processes listens there
(`listens`); when another was quicker, `start` tries the next port.
"""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterable

import psutil

HOST = "127.0.0.1"


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port now.

    Raises OSError when the port is refused for another reason, such as one below 1024.
    """
    with socket.socket() as probe:
        # As servers do: a connection that has just ended must not make the port look used.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
        return True


def listens(processes: Iterable[psutil.Process], port: int) -> bool:
    """Tell whether one of these processes listens on the port."""
    return any(port in _listening_ports(process) for process in processes)


def who_listens(port: int) -> str:
    """Name the process of this user that listens on the port, or return an empty string."""
    for process in psutil.process_iter():
        if port in _listening_ports(process):
            with contextlib.suppress(psutil.Error):
                return f"{process.name()}, process {process.pid}"
    return ""


def _listening_ports(process: psutil.Process) -> set[int]:
    try:
        connections = process.net_connections("tcp")
    except psutil.Error:
        return set()
    return {link.laddr.port for link in connections if link.status == psutil.CONN_LISTEN}

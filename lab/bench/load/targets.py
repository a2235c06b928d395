"""Which servers may be put under load: those of this machine, and those whose owner says so."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


class TargetError(ValueError):
    """A server that must not be put under load. Says why, and what its owner can do."""


@dataclass(frozen=True)
class Target:
    """A server whose address was looked up once: what was checked is what is loaded."""

    host: str
    address: str
    port: int

    @property
    def name(self) -> str:
        """Host and port, as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def checked_target(url: str, *, owned: Sequence[str] = ()) -> Target:
    """Return the server behind a URL when it may be put under load.

    That is a host all of whose addresses are loopback addresses, or one named in `owned` (on the
    command line: `--i-own HOST`).

    Raises TargetError for any other, and for a host that has no address.
    """
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port
    if parts.scheme != "http" or not host or port is None:
        raise TargetError(f"'{url}' is not a server: write it like http://127.0.0.1:8000")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TargetError(f"{host} has no address: {error.strerror}.") from error
    # Servers here listen on 127.0.0.1, and localhost is often ::1 as well: version 4 comes first.
    addresses = sorted((str(entry[4][0]) for entry in found), key=lambda one: ":" in one)
    outside = [one for one in addresses if not is_loopback(one)]
    if outside and host not in {name.lower() for name in owned}:
        raise TargetError(
            f"{host} is {outside[0]}, which is not an address of this machine alone. Load on "
            "somebody else's server is an attack. If the server is yours, say so by name: "
            f"--i-own {host}"
        )
    return Target(host, addresses[0], port)


def is_loopback(address: str) -> bool:
    """Tell whether an address can be reached from this machine alone."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback

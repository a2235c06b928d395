"""What the router changes in the headers of a request and of an answer."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping

from multidict import CIMultiDict, CIMultiDictProxy

VIA = "1.1 heroku-router"
REQUEST_ID = re.compile(r"[A-Za-z0-9+/=-]{20,200}")

# They are about one connection, not about the message that it carries (RFC 9110, 7.6.1).
HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}


def request_id(headers: Mapping[str, str]) -> str:
    """Return the client's own request id where the platform would take it, else a new one."""
    own = headers.get("X-Request-Id", "")
    return own if REQUEST_ID.fullmatch(own) else str(uuid.uuid4())


def forwarded_for(headers: CIMultiDictProxy[str], remote: str) -> str:
    """Return the addresses that the client named, and the one that it has."""
    return ", ".join([*headers.getall("X-Forwarded-For", []), remote])


def to_dyno(headers: CIMultiDictProxy[str], **own: str) -> CIMultiDict[str]:
    """Return the headers of a request for the dyno: the client's, and those of the router."""
    found = end_to_end(headers)
    found.popall("Expect", None)  # the router has answered it
    found["X-Request-Start"] = str(int(time.time() * 1000))
    found["X-Forwarded-Proto"] = "http"
    for name, value in own.items():
        found[name.replace("_", "-")] = value
    found.add("Via", VIA)
    return found


def end_to_end(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    """Return the headers without those that are about the connection alone."""
    named = {
        name.strip().lower()
        for value in headers.getall("Connection", [])
        for name in value.split(",")
    }
    drop = HOP_BY_HOP | named
    return CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in drop)

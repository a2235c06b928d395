"""The id that ties a request, its answer and its log lines together."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

# Letters, digits and a few marks: nothing that could forge a log line or a header.
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,128}")

current: ContextVar[str | None] = ContextVar("request_id", default=None)


def accept_or_make(offered: str | None) -> str:
    """Return the client's id when it is well formed, and a new one otherwise."""
    if offered and _WELL_FORMED.fullmatch(offered):
        return offered
    return secrets.token_hex(16)

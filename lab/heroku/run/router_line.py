"""The line that the router writes for each request."""

from __future__ import annotations

from dataclasses import dataclass, field

from lab.heroku import facts

WARNINGS = {"H27"}


@dataclass
class RouterLine:
    """What is known of one request so far; its text is the line in the log."""

    method: str
    path: str
    host: str
    request_id: str
    fwd: str
    protocol: str
    dyno: str = ""
    connect: int | None = None
    service: int | None = None
    status: int | None = None
    bytes: int | None = None
    code: str = ""
    sock: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        """Return the line in the form of Router 2.0."""
        at = "info" if not self.code else "warning" if self.code in WARNINGS else "error"
        words = [f"sock={self.sock}"] if self.sock else []
        words.append(f"at={at}")
        if self.code:
            text = facts.platform().code_of(self.code).text
            words += [f"code={self.code}", f'desc="{text}"']
        words += [
            f"method={self.method}",
            f'path="{self.path}"',
            f"host={self.host}",
            f"request_id={self.request_id}",
            f'fwd="{self.fwd}"',
            f"dyno={self.dyno}",
            f"connect={_milliseconds(self.connect)}",
            f"service={_milliseconds(self.service)}",
            f"status={_or_nothing(self.status)}",
            f"bytes={_or_nothing(self.bytes)}",
            f"protocol={self.protocol}",
            "tls=false",
        ]
        return " ".join(words) + self.note


def _milliseconds(value: int | None) -> str:
    return "" if value is None else f"{value}ms"


def _or_nothing(value: int | None) -> str:
    return "" if value is None else str(value)

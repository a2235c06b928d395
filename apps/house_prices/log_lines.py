"""What a log line looks like: for people, or as JSON for programs. Times are in UTC."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime

from apps.house_prices import request_id

Fields = Mapping[str, object]
Line = Callable[[datetime, str, str | None, str, Fields], str]
"""Time, level, name of the logger, message and further fields -> a line without its end."""

# What a person reads in the message already; a program finds it in fields of its own.
IN_THE_MESSAGE = frozenset({"method", "path", "status"})


def human_line(time: datetime, level: str, source: str | None, message: str, fields: Fields) -> str:
    """Return a line for people. A traceback, if there is one, stands below it."""
    line = f"{time.isoformat(timespec='milliseconds')} {level:<8} {source}: {message}"
    if identifier := request_id.current.get():
        line += f" request_id={identifier}"
    below = ""
    for name, value in fields.items():
        if isinstance(value, BaseException):
            below = "\n" + "".join(traceback.format_exception(value)).rstrip()
        elif name not in IN_THE_MESSAGE:
            line += f" {name}={value}"
    return line + below


def json_line(time: datetime, level: str, source: str | None, message: str, fields: Fields) -> str:
    """Return a line for programs: one JSON object. A traceback is one of its fields."""
    shown: dict[str, object] = {
        "time": time.isoformat(timespec="milliseconds"),
        "level": level,
        "logger": source,
        "message": message,
    }
    if identifier := request_id.current.get():
        shown["request_id"] = identifier
    return _encode(shown | dict(fields))


def _as_text(value: object) -> str:
    if isinstance(value, BaseException):
        return "".join(traceback.format_exception(value))
    return str(value)


# json.dumps would make such an encoder anew for each line.
_encode = json.JSONEncoder(ensure_ascii=False, default=_as_text).encode

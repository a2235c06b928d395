"""One loguru configuration for the app, its framework and its server: each line once, one format.

The server's lines arrive through `InterceptHandler`, which logging.json installs before the app is
imported: `uvicorn --log-config` and gunicorn's `logconfig_json` both read that file.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING

from loguru import logger

from apps.house_prices import request_id
from apps.house_prices.settings import Settings, load_settings

if TYPE_CHECKING:
    from loguru import Record

# Loggers of the servers. Their own handlers go, so that no line is written twice.
SERVER_LOGGERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "gunicorn.error", "gunicorn.access")
KEPT_LOG_FILES = 5

# What a person reads in the message already; a program finds it in fields of its own.
IN_THE_MESSAGE = frozenset({"time", "level", "logger", "message", "method", "path", "status"})

_access = logger.bind(logger="access")


class InterceptHandler(logging.Handler):
    """Hands every record of the standard library's logging to loguru."""

    def __init__(self) -> None:
        super().__init__()
        configure_sinks(load_settings())

    def emit(self, record: logging.LogRecord) -> None:
        """Log the same message at the same level, under the name of its own logger."""
        level: str | int = record.levelname
        try:
            logger.level(record.levelname)
        except ValueError:
            level = record.levelno
        bound = logger.bind(logger=record.name).opt(exception=record.exc_info)
        bound.log(level, "{}", record.getMessage())


@cache
def configure_sinks(settings: Settings) -> None:
    """Send loguru's lines to standard output, and to a rotating file when one is set.

    The file may be shared by several workers: `watch` makes each worker reopen it after another
    has rotated it.
    """
    line = _json_line if settings.log_format == "json" else _human_line
    logger.remove()
    logger.configure(patcher=_add_request_id)
    # diagnose=False: a traceback that shows the values of variables would log what clients sent.
    logger.add(sys.stdout, level=settings.log_level, format=line, colorize=False, diagnose=False)
    if settings.log_file is not None:
        logger.add(
            settings.log_file,
            level=settings.log_level,
            format=line,
            colorize=False,
            diagnose=False,
            rotation=settings.log_file_bytes,
            retention=KEPT_LOG_FILES,
            watch=True,
            encoding="utf-8",
        )


def configure_logging(settings: Settings) -> None:
    """Route everything through loguru, also when the server was started without logging.json."""
    configure_sinks(settings)
    root = logging.getLogger()
    if not any(isinstance(handler, InterceptHandler) for handler in root.handlers):
        logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)
    for name in SERVER_LOGGERS:
        server_logger = logging.getLogger(name)
        server_logger.handlers.clear()
        server_logger.propagate = True


def log_request(method: str, path: str, status: int, seconds: float) -> None:
    """Write the one line of a request."""
    _access.info(
        "{method} {path} {status}",
        method=method,
        path=path,
        status=status,
        duration_ms=round(seconds * 1000, 2),
    )


def _add_request_id(record: Record) -> None:
    record["extra"].setdefault("request_id", request_id.current.get())


def _fields(record: Record) -> dict[str, object]:
    extra = dict(record["extra"])
    source = extra.pop("logger", None) or record["name"]
    identifier = extra.pop("request_id", None)
    extra.pop("line", None)
    fields: dict[str, object] = {
        "time": record["time"].astimezone(UTC).isoformat(timespec="milliseconds"),
        "level": record["level"].name,
        "logger": source,
        "message": record["message"],
    }
    if identifier:
        fields["request_id"] = identifier
    return fields | extra


def _human_line(record: Record) -> str:
    fields = _fields(record)
    start = f"{fields['time']} {fields['level']:<8} {fields['logger']}: {fields['message']}"
    rest = (f" {name}={value}" for name, value in fields.items() if name not in IN_THE_MESSAGE)
    record["extra"]["line"] = start + "".join(rest)
    return "{extra[line]}\n{exception}"


def _json_line(record: Record) -> str:
    fields = _fields(record)
    if record["exception"] is not None:
        fields["exception"] = "".join(traceback.format_exception(record["exception"].value))
    record["extra"]["line"] = json.dumps(fields, ensure_ascii=False, default=str)
    return "{extra[line]}\n"

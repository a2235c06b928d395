"""One loguru configuration for the app, its framework and its server: each line once, one format.

The server's lines arrive through `InterceptHandler`. uvicorn installs it from logging.json, before
it imports the app; gunicorn from its settings file.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from concurrent_log_handler import ConcurrentRotatingFileHandler
from loguru import logger

from apps.house_prices.log_lines import Line, human_line, json_line
from apps.house_prices.settings import Settings, load_settings

if TYPE_CHECKING:
    from loguru import Record

# Loggers of the servers. Their own handlers go, so that no line is written twice.
SERVER_LOGGERS = ("uvicorn", "uvicorn.error", "gunicorn.error")
# Silent: the app writes the one line of a request, with its id.
ACCESS_LOGGERS = ("uvicorn.access", "gunicorn.access")
# It would add a line for every request to the listing service.
TALKATIVE_LOGGER = "httpx"
KEPT_LOG_FILES = 5

Sink = Callable[[str], None]


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
    """Send loguru's lines to standard output, and to a rotating file when one is set."""
    global _line, _sinks, _shows_requests
    _line = json_line if settings.log_format == "json" else human_line
    _sinks = [_write_to_stdout]
    if settings.log_file is not None:
        _sinks.append(_rotating_file(settings.log_file, settings.log_file_bytes))
    level = settings.log_level
    _shows_requests = logger.level(level).no <= logger.level("INFO").no
    logger.remove()
    for sink in _sinks:
        # diagnose=False: a traceback that shows values of variables would log what clients sent.
        logger.add(sink, level=level, format=_format, colorize=False, diagnose=False)


# A worker must not share its parent's log file: a lock is no lock between copies of one handle.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: configure_sinks.cache_clear())


def _write_to_stdout(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _rotating_file(file: Path, most_bytes: int) -> Sink:
    """Return a sink that several workers can share.

    loguru's own file sink loses lines when two processes rotate one file; this handler locks it.
    """
    handler = ConcurrentRotatingFileHandler(
        file, maxBytes=most_bytes, backupCount=KEPT_LOG_FILES, encoding="utf-8"
    )

    def write(message: str) -> None:
        handler.emit(logging.makeLogRecord({"msg": message.rstrip("\n")}))

    return write


def configure_logging(settings: Settings) -> None:
    """Route everything through loguru, whatever the server has set up."""
    configure_sinks(settings)
    root = logging.getLogger()
    if not any(isinstance(handler, InterceptHandler) for handler in root.handlers):
        logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)
    for name in SERVER_LOGGERS:
        server_logger = logging.getLogger(name)
        server_logger.handlers.clear()
        server_logger.propagate = True
    for name in ACCESS_LOGGERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = False
    logging.getLogger(TALKATIVE_LOGGER).setLevel(logging.WARNING)


def log_request(method: str, path: str, status: int, seconds: float) -> None:
    """Write the one line of a request.

    It goes to loguru's sinks, but not through loguru: what loguru records of a line (module,
    thread, elapsed time ...) took an eighth of the time of a whole request, for nothing that is
    shown. No other line is written as often.
    """
    if not _shows_requests:
        return
    fields = {
        "method": method,
        "path": path,
        "status": status,
        "duration_ms": round(seconds * 1000, 2),
    }
    line = _line(datetime.now(UTC), "INFO", "access", f"{method} {path} {status}", fields)
    for sink in _sinks:
        try:
            sink(line + "\n")
        except OSError as error:  # the client gets its answer, whatever becomes of the log
            with suppress(OSError):
                sys.stderr.write(f"A log line could not be written: {error}\n")


def _format(record: Record) -> str:
    fields = {name: value for name, value in record["extra"].items() if name not in _NOT_SHOWN}
    if record["exception"] is not None:
        fields["exception"] = record["exception"].value
    source = record["extra"].get("logger") or record["name"]
    level = record["level"].name
    line = _line(record["time"].astimezone(UTC), level, source, record["message"], fields)
    record["extra"]["line"] = line
    return "{extra[line]}\n"


_NOT_SHOWN = frozenset({"logger", "line"})
_line: Line = human_line
_sinks: list[Sink] = []
_shows_requests = True

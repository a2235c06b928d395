"""Talks to the platform of a rehearsal: HTTP on the loopback interface, with a token."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lab.heroku.home import HOW_TO_START, RehearsalError, Running

if TYPE_CHECKING:
    from lab.heroku.build import Built

HOST = "127.0.0.1"
TOKEN = "Authorization"


@dataclass(frozen=True)
class Outcome:
    """What came of a release: its number, and whether its release phase has failed."""

    number: int
    failed: bool

    @property
    def name(self) -> str:
        """The name by which commands and log lines call it, such as v7."""
        return f"v{self.number}"


def silent(line: str) -> None:
    """Take a line and do nothing with it."""
    del line


class Control:
    """The commands of a platform that runs.

    Each raises RehearsalError, with what the platform says of it, when it cannot be done.
    """

    def __init__(self, running: Running) -> None:
        self.running = running

    def status(self) -> dict[str, Any]:
        """Return how the platform stands: its dynos, its release, its URL."""
        return self._answer("GET", "/status")

    def log(self, text: str) -> None:
        """Write a line of the platform's own into the log."""
        self._answer("POST", "/log", {"text": text})

    def scale(self, counts: Mapping[str, int]) -> None:
        """Have so many dynos of each process type."""
        self._answer("POST", "/scale", {"counts": dict(counts)})

    def restart(self, dyno: str | None = None) -> None:
        """Restart one dyno, or all."""
        self._answer("POST", "/restart", {"dyno": dyno})

    def release(self, built: Built, tell: Callable[[str], None] = silent) -> Outcome:
        """Release what was built; `tell` gets each line for the pusher."""
        fields = {
            "commit": built.commit,
            "slug": str(built.slug),
            "environment": str(built.environment),
            "process_types": built.process_types,
        }
        return self._release("/release", fields, tell)

    def configure(
        self,
        values: Mapping[str, str],
        unset: Sequence[str] = (),
        tell: Callable[[str], None] = silent,
    ) -> Outcome:
        """Set and unset config vars, which makes a release."""
        return self._release("/config", {"set": dict(values), "unset": list(unset)}, tell)

    def rollback(self, number: int, tell: Callable[[str], None] = silent) -> Outcome:
        """Release once more what an earlier release was."""
        return self._release("/rollback", {"number": number}, tell)

    def stop(self) -> None:
        """Tell the platform to stop; returns at once."""
        self._answer("POST", "/stop", {})

    def _release(
        self, path: str, fields: Mapping[str, Any], tell: Callable[[str], None]
    ) -> Outcome:
        for part in self._parts("POST", path, fields):
            if "line" in part:
                tell(part["line"])
            elif "number" in part:
                return Outcome(part["number"], part["failed"])
        raise RehearsalError(f"The platform ended before it had made the release. {HOW_TO_START}")

    def _answer(
        self, method: str, path: str, fields: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return next(self._parts(method, path, fields), {})

    def _parts(
        self, method: str, path: str, fields: Mapping[str, Any] | None
    ) -> Iterator[dict[str, Any]]:
        """Yield the lines of an answer as they come, each a JSON object."""
        connection = http.client.HTTPConnection(HOST, self.running.port)
        headers = {TOKEN: f"Bearer {self.running.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(fields or {}), headers)
            for line in connection.getresponse():
                part: dict[str, Any] = json.loads(line)
                if "error" in part:
                    raise RehearsalError(part["error"])
                yield part
        except (OSError, http.client.HTTPException) as error:
            raise RehearsalError(
                f"The rehearsal has stopped ({type(error).__name__}).\n{HOW_TO_START}"
            ) from error
        finally:
            connection.close()

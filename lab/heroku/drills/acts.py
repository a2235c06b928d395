"""What is done to a deployed copy: requests, a restart, a look at it for a while."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import requests

from lab.heroku.rehearsal import PATIENCE, POLL, Rehearsal


@dataclass(frozen=True)
class Seen:
    """What somebody outside has seen, and whether that is how it should be."""

    what: str
    good: bool = True


class Act(Protocol):
    """Something that is done."""

    def do(self, stage: Rehearsal) -> list[Seen]:
        """Do it, and tell what was seen."""
        ...


@dataclass(frozen=True)
class Ask:
    """Requests, one after another or all at once. Each wants status 200 and a text."""

    wants: str
    path: str = "/"
    times: int = 1
    at_once: bool = False
    gives_up_after: float = PATIENCE
    method: str = "GET"

    def do(self, stage: Rehearsal) -> list[Seen]:
        """Send them."""
        with ThreadPoolExecutor(self.times if self.at_once else 1) as pool:
            return list(pool.map(self._ask, [stage.url] * self.times))

    def _ask(self, url: str) -> Seen:
        request = f"{self.method} {self.path}"
        try:
            answer = requests.request(self.method, url + self.path, timeout=self.gives_up_after)
        except requests.Timeout:
            return Seen(f"{request}: the client gave up after {self.gives_up_after:g} s", False)
        except requests.RequestException:
            return Seen(f"{request}: the connection broke off in the middle of the answer", False)
        good = answer.status_code == 200 and self.wants in answer.text
        text = "the router's error page" if answer.status_code == 503 else repr(answer.text[:60])
        wanted = "" if good else f"; wanted is status 200 with {self.wants!r}"
        return Seen(f"{request}: status {answer.status_code}, {text}{wanted}", good)


@dataclass(frozen=True)
class Restart:
    """A restart, as each deploy and each day brings one; it ends when the old dyno has."""

    def do(self, stage: Rehearsal) -> list[Seen]:
        """Restart all dynos."""
        ended = "Process exited with status"
        before = sum(ended in line for line in stage.lines())
        stage.restart()
        stage.wait_for(ended, times=before + 1)
        return [Seen("the dyno was restarted")]


@dataclass(frozen=True)
class Watch:
    """A look at the log for some seconds, or until a code is in it."""

    code: str
    seconds: float = 5

    def do(self, stage: Rehearsal) -> list[Seen]:
        """Wait."""
        deadline = time.monotonic() + self.seconds
        sign = re.compile(rf"Error {self.code}\b")
        while time.monotonic() < deadline and not any(map(sign.search, stage.lines())):
            time.sleep(POLL)
        return []

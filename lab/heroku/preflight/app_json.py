"""Rules for app.json, which Heroku reads when an app is made from it, and at no push."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lab.heroku import facts
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.finding import COMMIT, Finding, said

NAME = "app.json"
READ_ONCE = "Heroku reads app.json only when an app is made from it, as the Deploy button does."


@dataclass(frozen=True)
class Declared:
    """What app.json gives the web process of an app that is made from it; empty: nothing."""

    workers: str = ""
    size: str = ""


def warnings(files: Committed) -> Iterator[Finding]:
    """What would stop an app that is made from app.json. A push is not stopped by it."""
    for one in errors(files):
        cause = f"{one.cause} A git push to an app that is there does not look at it."
        yield replace(one, severity="warning", cause=cause)


def errors(files: Committed) -> Iterator[Finding]:
    """What the first build of an app that is made from app.json says to it."""
    yield from _stack(files)
    yield from _buildpacks(files)


def declared(files: Committed) -> Declared:
    """Return how many workers and which size of dyno app.json names."""
    read = _read(files)
    variable = _part(read, "env").get("WEB_CONCURRENCY")
    value = variable.get("value") if isinstance(variable, dict) else variable
    size = _part(_part(read, "formation"), "web").get("size")
    return Declared(
        str(value) if str(value).isdecimal() else "",
        str(size) if facts.platform().dyno_of(str(size)) else "",
    )


def stack_of(files: Committed) -> str:
    """Return the stack that app.json names, or nothing."""
    named = _read(files).get("stack")
    return named if isinstance(named, str) else ""


def _read(files: Committed) -> dict[str, Any]:
    """Return app.json, or nothing when it is not there or not JSON."""
    try:
        read = json.loads(files.text(NAME) or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _part(of: dict[str, Any], name: str) -> dict[str, Any]:
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def _stack(files: Committed) -> Iterator[Finding]:
    known, named = facts.buildpack().stacks, stack_of(files)
    if not named or named in {*known.known, "container"}:
        return
    mend = f'Write "stack": "{known.default}" into app.json, then run:\n  git add app.json{COMMIT}'
    if named in known.ended:
        cause = f"app.json names {named}, which Heroku no longer has. {READ_ONCE}"
        yield said("checks::stack::eol", cause, mend, stack=named)
        return
    number = re.fullmatch(r"heroku-(\d+)", named)
    newer = number is not None and int(number[1]) > max(int(one[7:]) for one in known.known)
    yield said(
        "checks::stack::unknown",
        f"app.json names {named}. On {facts.buildpack().date} there were {', '.join(known.known)}."
        + (" Whether a newer one has come since is unknown here. " if newer else " ")
        + READ_ONCE,
        mend,
        severity="warning" if newer else "error",
        stack=named,
    )


def _buildpacks(files: Committed) -> Iterator[Finding]:
    named = _read(files).get("buildpacks")
    listed = named if isinstance(named, list) else []
    urls = [str(one.get("url", "")) for one in listed if isinstance(one, dict)]
    if sum("heroku/python" in url or "buildpack-python" in url for url in urls) > 1:
        yield said(
            "checks::duplicate-python-buildpack",
            f"app.json names the Python buildpack more than once. {READ_ONCE}",
            f"Keep one of its entries in app.json, then run:\n  git add app.json{COMMIT}",
        )

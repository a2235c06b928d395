"""Run tests/contract against a URL and turn what came out into a certificate to read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import requests

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "tests" / "contract"
HEALTH = "/api/v1/health"
# Seconds. A platform lets the first request wait while a dyno starts: Heroku's router 75 s.
FIRST_ANSWER = 90


class SmokeError(RuntimeError):
    """Nothing could be checked. The message says why and what to do."""


@dataclass(frozen=True)
class Check:
    """One question to the API. `fault` is empty when the answer was right."""

    name: str
    fault: str

    @property
    def held(self) -> bool:
        """Whether the answer was right."""
        return not self.fault


@dataclass(frozen=True)
class Certificate:
    """What a served copy said of itself, and how it stood every check."""

    url: str
    api: dict[str, str]
    checked_at: datetime
    checks: tuple[Check, ...]

    @property
    def held(self) -> bool:
        """Whether every check held."""
        return all(check.held for check in self.checks)

    def text(self) -> str:
        """Return the certificate for a person."""
        faults = [check for check in self.checks if not check.held]
        lines = [
            "Certificate of the contract",
            f"  URL      {self.url}",
            f"  API      {self.api['name']} {self.api['api_version']}",
            f"  Model    {self.api['model_version']}",
            f"  Checked  {self.checked_at:%Y-%m-%d %H:%M} UTC, {len(self.checks)} checks",
            *(f"  FAILED   {check.name}\n           {check.fault}" for check in faults),
            "  Result   "
            + ("every check held" if self.held else f"{len(faults)} of {len(self.checks)} failed"),
        ]
        return "\n".join(lines)

    def fields(self) -> dict[str, object]:
        """Return the certificate for a program."""
        return {
            "url": self.url,
            "held": self.held,
            "checked_at": self.checked_at.isoformat(timespec="seconds"),
            **self.api,
            "checks": [{"name": one.name, "fault": one.fault or None} for one in self.checks],
        }


def certify(url: str) -> Certificate:
    """Ask everything that the contract suite can ask of a URL.

    Raises:
        SmokeError: when no copy of the API answers there, or the suite itself cannot run.
    """
    url = url.rstrip("/")
    api = _health(url)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            *(sys.executable, "-m", "pytest", str(SUITE), "--base-url", url),
            *("--quiet", "--junit-xml", str(report), "-p", "no:cacheprovider"),
        ]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if run.returncode not in {0, 1}:
            raise SmokeError(f"The contract suite could not run:\n{run.stdout}{run.stderr}")
        checks = tuple(_check(case) for case in ElementTree.parse(report).iter("testcase"))
    return Certificate(url, api, datetime.now(UTC), checks)


def _health(url: str) -> dict[str, str]:
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise SmokeError(f"'{url}' is not a URL. Write it in full: http://127.0.0.1:8000")
    try:
        answer = requests.get(url + HEALTH, timeout=FIRST_ANSWER)
    except requests.RequestException as error:
        raise SmokeError(
            f"No answer from {url}{HEALTH} ({type(error).__name__}).\n"
            "Is it running, and is the address right? A local copy starts with: lab serve"
        ) from error
    try:
        body = answer.json()
        return {name: str(body[name]) for name in ("name", "api_version", "model_version")}
    except (ValueError, KeyError, TypeError) as error:
        raise SmokeError(
            f"{url}{HEALTH} answered with status {answer.status_code}, and not as this API does."
        ) from error


def _check(case: ElementTree.Element) -> Check:
    name, _, parameters = case.get("name", "").removeprefix("test_").partition("[")
    of = parameters.rstrip("]").removeprefix(f"{_target(parameters)}-").strip()
    title = name.replace("_", " ") + (f": {of}" if of and of != _target(parameters) else "")
    for kind in ("failure", "error", "skipped"):  # what was not asked has not held either
        if (fault := case.find(kind)) is not None:
            said = (fault.get("message") or kind).splitlines()[0]
            return Check(title, f"was not checked: {said}" if kind == "skipped" else said)
    return Check(title, "")


def _target(parameters: str) -> str:
    """Return the name under which the suite lists the URL among a test's parameters."""
    return "url" if parameters.startswith("url") else ""

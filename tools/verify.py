"""Try everything with the newest packages: `python -m tools.verify`. A schedule runs it every week.

It works in a clone of the last commit, with an environment of its own, and says which versions have
changed and whether the tests pass. With `--write`, and only when they pass, it brings the new pins
back and writes what was verified, and when, into docs/last-verified.toml and the README.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from tools.pins import CLASSROOM, DEPLOYED, ELSEWHERE, LOAD, ROOT, SITE, WORKBOOK

RECORD = ROOT / "docs" / "last-verified.toml"
README = ROOT / "README.md"
FILES = (DEPLOYED, WORKBOOK, LOAD, SITE, CLASSROOM)
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;]+)", re.MULTILINE)
DATE = re.compile(r"(?<=Last verified on )\d{4}-\d\d-\d\d")
SET_UP = (
    (sys.executable, "-m", "tools.pins"),
    ("make", "setup"),
    ("make", "extras"),
    ("make", "site", "ARGS=--without-running"),  # installs what builds it, too
)
TESTS = ("make", "test")
# What is recorded as verified has been tried: with these, its tests are not skipped.
NONE_SKIPPED = {"REQUIRE_BROWSER": "1", "REQUIRE_SITE": "1"}
UNTRIED = {"classroom"}  # a class on JupyterHub has a trial of its own, in docs/class.md
TAIL = 40  # lines of the tests' output that are shown when they fail

Versions = dict[str, str]


def pins(root: Path) -> Versions:
    """Return the version of each package that the files of requirements pin."""
    texts = ((root / file.relative_to(ROOT)).read_text(encoding="utf-8") for file in FILES)
    return {pin["name"]: pin["version"] for text in texts for pin in PIN.finditer(text)}


def named(root: Path) -> list[str]:
    """Return the packages that pyproject.toml names and that the tests try."""
    with (root / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    wanted = [
        *project["project"]["dependencies"],
        *(
            one
            for name, group in project["dependency-groups"].items()
            if name not in UNTRIED
            for one in group
        ),
    ]
    return sorted({re.split(r"[\s;<>=!~\[]", one, maxsplit=1)[0] for one in wanted})


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return a line of a Markdown table for each package whose version is another now."""
    return [
        f"| {name} | {before.get(name, 'none')} | {after.get(name, 'none')} |"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def record(day: date, python: str, versions: Mapping[str, str]) -> str:
    """Return the text of the record: when all tests passed, with which Python and packages."""
    lines = [f'"{name}" = "{version}"' for name, version in sorted(versions.items())]
    return (
        "# With what everything was last verified: all tests passed on that day, with these.\n"
        "# Written by `python -m tools.verify --write`; the README shows the date.\n"
        f'date = {day.isoformat()}\npython = "{python}"\n\n[packages]\n' + "\n".join(lines) + "\n"
    )


def summary(changed: list[str], passed: bool, said: str) -> str:
    """Return what a person wants to know, as Markdown."""
    parts = ["# All tests pass" if passed else "# Something does not work any more"]
    if changed:
        head = "| Package | Pinned | Newest that fits |\n|---|---|---|"
        parts.append("\n".join([head, *changed]))
    else:
        parts.append("Every package is pinned in its newest version.")
    last = said.splitlines()[-1:] if passed else said.splitlines()[-TAIL:]
    return "\n\n".join([*parts, "```text\n" + "\n".join(last) + "\n```"]) + "\n"


def verify(clone: Path) -> tuple[bool, str]:
    """Refresh the pins of a clone, set it up and run its tests; return the outcome and the output.

    Raises:
        subprocess.CalledProcessError: the pins cannot be refreshed, or the set-up fails.
    """
    (clone / ".venv").mkdir(exist_ok=True)  # where tools.pins keeps a file while it works
    for step in SET_UP:
        subprocess.run(step, cwd=clone, check=True)
    environment = {**os.environ, **NONE_SKIPPED}
    answer = subprocess.run(
        TESTS, cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    return answer.returncode == 0, answer.stdout


def bring_back(clone: Path, day: date, root: Path = ROOT) -> None:
    """Copy the pins of a clone that has passed, and write the record and the README's date."""
    for file in (*FILES, *ELSEWHERE):
        name = file.relative_to(ROOT)
        shutil.copy(clone / name, root / name)
    all_pins = pins(root)
    versions = {name: all_pins[name] for name in named(root) if name in all_pins}
    python = ".".join(map(str, sys.version_info[:3]))
    text = record(day, python, versions)
    (root / RECORD.relative_to(ROOT)).write_text(text, encoding="utf-8")
    readme = root / README.relative_to(ROOT)
    shown = DATE.sub(day.isoformat(), readme.read_text(encoding="utf-8"))
    readme.write_text(shown, encoding="utf-8")


def main() -> int:
    """Verify, say what changed, and return the exit status: 0 only when all tests pass."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.verify", description="Try everything with the newest packages."
    )
    parser.add_argument(
        "--write", action="store_true", help="when all tests pass: keep the pins, and the date"
    )
    parser.add_argument(
        "--summary", type=Path, metavar="FILE", help="add what is said to this file, too"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(("git", "clone", "--quiet", str(ROOT), str(clone)), check=True)
        before = pins(clone)
        try:
            passed, said = verify(clone)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"This step failed, and says why above: {error.cmd}\n")
            return 1
        text = summary(changes(before, pins(clone)), passed, said)
        sys.stdout.write(text)
        if options.summary:
            with options.summary.open("a", encoding="utf-8") as file:
                file.write(text)
        if passed and options.write:
            bring_back(clone, datetime.now(UTC).date())
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())

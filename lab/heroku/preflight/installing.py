"""Rules for the last steps of a build: what pip installs, and what Django collects."""

from __future__ import annotations

from collections.abc import Iterator

from packaging.specifiers import SpecifierSet

from lab.heroku import facts
from lab.heroku.preflight import python_version, requirements
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.finding import COMMIT, Finding, said


def pip_install(files: Committed) -> Iterator[Finding]:
    """What makes pip fail, as far as it can be seen without asking for a package."""
    lines = list(requirements.read(files))
    for line in lines:
        if line.fault:
            yield _pip_fails(line, f"{line.fault}.")
    one = python_version.requested(files)
    python = one.full if one else facts.buildpack().python.default
    markers = requirements.environment(python)
    pins: dict[str, requirements.Line] = {}
    for line in lines:
        wanted = line.requirement
        if wanted is None or (wanted.marker and not wanted.marker.evaluate(markers)):
            continue
        first = pins.setdefault(line.name, line)
        if first.requirement and _exclude(first.requirement.specifier, wanted.specifier):
            yield _pip_fails(
                line, f"line {first.number} of {first.file} asks for another: {first.text}."
            )
        for system, names in facts.packages().other_systems.items():
            if line.name in names:
                yield _pip_fails(
                    line, f"this package exists for {system} alone, and a dyno runs Linux."
                )
        # About a Python that the build refuses anyway, there is nothing more to say.
        too_old = "" if one and python_version.is_old(one) else _needs_another_python(line, python)
        if too_old:
            yield _pip_fails(
                line, f"it needs Python {too_old}, and the build installs Python {python}."
            )


def _exclude(one: SpecifierSet, other: SpecifierSet) -> bool:
    """Whether no version fits both. Only a pinned one shows that for sure."""
    return any(
        not theirs.contains(mine.version, prereleases=True)
        for specifiers, theirs in ((one, other), (other, one))
        for mine in specifiers
        if mine.operator == "==" and "*" not in mine.version
    )


def _pip_fails(line: requirements.Line, why: str) -> Finding:
    return said(
        "install-dependencies::pip",
        f"pip will fail on line {line.number} of {line.file}, '{line.text}': {why}",
        f"Mend that line, try it with pip install --dry-run -r {line.file}, then run:\n"
        f"  git add {line.file}{COMMIT}",
    )


def _needs_another_python(line: requirements.Line, python: str) -> str:
    """What a package needs instead; known only when the very version asked for is here."""
    found = requirements.found_here(line.name)
    if found is None or line.requirement is None:
        return ""
    if not str(line.requirement.specifier).startswith("==") or (
        not line.requirement.specifier.contains(found.version, prereleases=True)
    ):
        return ""
    needs = requirements.python_of(line.name)
    return "" if SpecifierSet(needs).contains(python) else needs


def collectstatic(files: Committed) -> Iterator[Finding]:
    """Django's static files are collected in the build; what comes of it, only a run can show."""
    if not any(path.rpartition("/")[2] == "manage.py" for path in files.files):
        return
    if any(line.name == "django" for line in requirements.read(files)):
        yield said(
            "collectstatic",
            "manage.py and Django are there, so the build runs python manage.py collectstatic. "
            "Nothing of a copy is run here, so whether it succeeds is unknown.",
            "Try it: python manage.py collectstatic --noinput. To switch it off:\n"
            "  heroku config:set DISABLE_COLLECTSTATIC=1",
        )

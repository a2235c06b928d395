"""A build: a commit becomes a slug and an environment, or is refused as the platform refuses."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lab.heroku import facts
from lab.heroku.build import checkout, environment, interpreter, size
from lab.heroku.build.build_log import REFUSED, BuildError, BuildLog
from lab.heroku.home import Home
from lab.heroku.preflight import (
    Finding,
    app_json,
    build_findings,
    procfile,
    python_version,
    requirements,
)
from lab.heroku.preflight.committed import Committed

# Which messages belong to which step; those of the others come before "Using Python".
VERSION = (
    "python-version::eol",
    "python-version::unknown-major",
    "python-version::none-specified",
    "python-version::deprecated",
    "python-version::patch-update-available",
    "runtime-txt::deprecated",
)
PYTHON = ("python-version::unknown-patch",)
PACKAGES = ("install-dependencies::pip",)
DJANGO = ("collectstatic",)
HOOKS = {"bin/pre_compile", "bin/post_compile"}
LATER = (*VERSION, *PYTHON, *PACKAGES, *DJANGO)


@dataclass(frozen=True)
class Built:
    """What a build leaves: ready to be released."""

    commit: str
    slug: Path
    environment: Path
    process_types: dict[str, str]


def build(
    home: Home,
    repository: Path,
    commit: str,
    log: BuildLog,
    *,
    slug_limit_megabytes: int,
    made_from_app_json: bool = False,
) -> Built:
    """Build a commit and tell the log each step.

    Raises:
        BuildError: when the platform would refuse it. Nothing of it is kept.
    """
    files = Committed.read(repository, commit)
    named = app_json.stack_of(files) if made_from_app_json else ""
    stack = named if named in facts.buildpack().stacks.known else facts.buildpack().stacks.default
    log.step(f"Building on the {stack.capitalize()} stack")
    log.step("Using buildpack: heroku/python")
    for one in files.submodules:
        log.rehearsal(f"the submodule {one} is left out here. Heroku fetches it")
    findings = build_findings(repository, commit, made_from_app_json=made_from_app_json)
    _detect(findings, log)
    log.step("Python app detected")
    _tell((one for one in findings if one.code not in LATER), log)
    python = _choose_python(files, findings, log)
    if requirements.NAME not in files:
        log.block(["Error: The rehearsal builds what pip installs, and nothing else."])
        raise BuildError
    log.step("Installing pip")
    log.rehearsal("uv installs here, in seconds instead of minutes. Heroku adds the version of pip")
    log.step("Installing dependencies using 'pip install -r requirements.txt'")
    _tell((one for one in findings if one.code in PACKAGES), log)
    place = _next_folder(home)
    try:
        app = place / "app"
        checkout.check_out(files, app)
        made = environment.prepare(home.environments, files, app, python, log)
        _tell((one for one in findings if one.code in DJANGO), log)
        for hook in sorted(HOOKS & set(files.files)):
            log.rehearsal(f"{hook} is not run here. Heroku runs it")
        log.step("Saving cache")
        log.step("Discovering process types")
        types = procfile.processes(files.text(procfile.NAME))
        log.detail(f"Procfile declares types -> {', '.join(types) or '(none)'}")
        log.blank()
        _weigh(size.compressed(app) + made.size, slug_limit_megabytes, log)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return Built(files.commit, app, made.folder, types)


def _detect(findings: Iterable[Finding], log: BuildLog) -> None:
    missing = next((one for one in findings if one.code == "detect"), None)
    if missing is not None:
        log.step("App not compatible with buildpack: heroku/python")
        log.finding(missing)
        raise BuildError


def _tell(findings: Iterable[Finding], log: BuildLog) -> None:
    """Write findings of one step; the first error ends the build."""
    for one in findings:
        log.finding(one)
        if one.severity == "error":
            raise BuildError(REFUSED)


def _choose_python(
    files: Committed, findings: list[Finding], log: BuildLog
) -> interpreter.Interpreter:
    asked = python_version.requested(files)
    if asked is None:  # then a finding has said so, unless the project is not pip's
        raise BuildError(REFUSED)
    if asked.origin:
        log.step(f"Using Python {asked.version} specified in {asked.origin}")
    else:
        log.step(f"Using the buildpack's own Python {asked.version}, as no file names another")
    _tell((one for one in findings if one.code in VERSION), log)
    log.step(f"Installing Python {asked.full}")
    _tell((one for one in findings if one.code in PYTHON), log)
    python = interpreter.choose(asked.branch)
    if python.branch != asked.branch:
        log.rehearsal(
            f"Python {asked.branch} is not on this machine, so Python {python.version} runs here. "
            f"Heroku has {asked.full}"
        )
    elif python.version != asked.full:
        log.rehearsal(f"this machine has Python {python.version}, which runs here")
    return python


def _weigh(total: int, limit: int, log: BuildLog) -> None:
    log.step("Compressing...")
    known = facts.platform().slug
    if total > limit * size.MEGABYTE:
        refused = known.refused.format(size=size.shown(total), limit=limit)
        real = known.limit_megabytes
        note = "" if limit == real else f" (rehearsal: {limit} MB instead of {real} MB)"
        log.block([f"{refused}{note}"])
        raise BuildError
    log.detail(f"Done: {size.shown(total)}")
    soft = known.soft_limit_megabytes
    if total > soft * size.MEGABYTE:
        log.block(
            [
                f"Warning: Your slug size ({size.shown(total)}) exceeds our soft limit ({soft} MB)",
                "which may affect boot time.",
            ]
        )


def _next_folder(home: Home) -> Path:
    """Return a new folder for a build: its number follows the highest so far."""
    home.slugs.mkdir(parents=True, exist_ok=True)
    numbers = [int(place.name) for place in home.slugs.iterdir() if place.name.isdecimal()]
    folder = home.slugs / str(max(numbers, default=0) + 1)
    folder.mkdir()
    return folder

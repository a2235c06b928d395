"""The fresh environment of a build: what requirements.txt names, and nothing else."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from lab.heroku import environments, facts
from lab.heroku.build.build_log import REFUSED, BuildError, BuildLog
from lab.heroku.build.index import installer_environment
from lab.heroku.build.interpreter import Interpreter
from lab.heroku.build.size import compressed
from lab.heroku.preflight import requirements
from lab.heroku.preflight.committed import Committed

MARK = "complete.json"  # written last: without it, an environment is half made
FORM = "2"  # another one whenever an environment is made otherwise than by earlier versions


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and what it would add to a slug, in bytes."""

    folder: Path
    size: int


def prepare(
    place: Path, files: Committed, app: Path, python: Interpreter, log: BuildLog
) -> Environment:
    """Return the environment for a commit: the one from an earlier build if it asked for the same.

    Raises:
        BuildError: when the installer fails.
    """
    # It may name its own place, so one that was moved with the copy does not count.
    folder = place / key_of(files, python, place)
    mark = folder / MARK
    if mark.exists():
        log.rehearsal("the same requirements and Python as before, so their environment is kept")
        return Environment(folder, json.loads(mark.read_text(encoding="utf-8"))["size"])
    place.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)  # of a build that was interrupted
    # Each dyno gets it at another place.
    _uv("venv", "--quiet", "--relocatable", "--python", python.path, str(folder))
    _install(files, app, folder, log)
    size = compressed(folder / "lib")
    environments.make_ready(folder)
    mark.write_text(json.dumps({"size": size}) + "\n", encoding="utf-8")
    return Environment(folder, size)


def key_of(files: Committed, python: Interpreter, place: Path) -> str:
    """Return a name that is the same for two commits which install the same at the same place."""
    lines = list(requirements.read(files))
    asked = [f"{line.file}: {line.text}" for line in lines]
    if any(line.requirement is None for line in lines):
        asked.append(files.commit)  # a folder of the commit, or an option, decides too
    text = "\n".join([FORM, str(place), python.path, python.version, *asked])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _install(files: Committed, app: Path, folder: Path, log: BuildLog) -> None:
    # As copies: uv's own files, which belong to other environments too, are not to be touched.
    place = ("--python", str(folder), "--link-mode", "copy")
    arguments = [*place, "--requirement", requirements.NAME]
    # Whoever pins every package needs no index once uv has them, and so no network.
    offline = [["--offline"]] if _all_pinned(files) else []
    for options in [*offline, [], *([] if offline else [["--offline"]])]:
        done = _uv("pip", "install", *options, *arguments, folder=app, may_fail=True)
        if done.returncode == 0:
            _say_what_came(done.stderr, log)
            return
        if not options:
            failed = done
    for line in failed.stderr.splitlines():
        log.detail(line)
    headline = facts.buildpack().message_of("install-dependencies::pip").headline
    log.block(
        [
            f"Error: {headline}",
            "",
            "The lines above say which requirement failed, and why.",
            "",
            "Mend requirements.txt, try it in a fresh virtual environment,",
            "commit it and push again.",
        ]
    )
    raise BuildError(REFUSED)


def _all_pinned(files: Committed) -> bool:
    found = [line.requirement for line in requirements.read(files)]
    return all(one is not None and str(one.specifier).startswith("==") for one in found)


def _say_what_came(told: str, log: BuildLog) -> None:
    """uv names each package in a line of its own, pip all in one."""
    lines = [line for line in told.splitlines() if line.startswith(" + ")]
    came = [line.removeprefix(" + ").replace("==", "-") for line in lines]
    log.detail(f"Successfully installed {' '.join(came)}" if came else "Nothing to install")


def _uv(
    *arguments: str, folder: Path | None = None, may_fail: bool = False
) -> subprocess.CompletedProcess[str]:
    beside = Path(sys.executable).with_name("uv")
    program = str(beside) if beside.exists() else shutil.which("uv")
    if program is None:
        raise BuildError("There is no program 'uv' here, which installs. Run: make lab")
    # Notebooks ask the programs that they start for colours, which would go into the build log. pip
    # reads no uv.toml and no [tool.uv], neither of the copy nor of the user.
    done = subprocess.run(
        [program, "--color", "never", "--no-config", *arguments],
        cwd=folder,
        env=installer_environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode and not may_fail:
        raise BuildError(f"uv {arguments[0]} failed: {done.stderr.strip()}")
    return done

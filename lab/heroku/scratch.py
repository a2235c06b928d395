"""Small projects to break: files as a dictionary, committed and served apart from all else."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from lab import servers
from lab.heroku.preflight import Committed, Finding, all_findings, procfile

# A scratch copy is nobody's: the settings, hooks and keys of whoever runs this play no part.
WHO = ("-c", "user.name=Learner", "-c", "user.email=learner@localhost")
SETTINGS = ("-c", "core.autocrlf=false", "-c", "commit.gpgsign=false")


def commit_files(files: Mapping[str, str], folder: Path, message: str = "Change") -> str:
    """Make these files, by their path, the whole committed content of a folder's repository.

    The repository is made when there is none. What Git ignores is committed too, and what `files`
    no longer names is removed; other untracked files stay. Returns the commit.

    Raises:
        ValueError: when a path leads out of the folder.
    """
    for path in files:
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ValueError(f"{path} lies outside the copy. Name files from its root.")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet", "--template=", "--initial-branch", "main")
        _let_learner_commit(folder)
    for path in filter(None, _git(folder, "ls-files", "-z").split("\0")):
        if path not in files:
            _git(folder, "rm", "--quiet", "--force", "--", path)
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())  # as bytes: line ends stay as they are written
    if files:
        _git(folder, "add", "--force", "--", *files)
    _git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return _git(folder, "rev-parse", "HEAD").strip()


def _let_learner_commit(folder: Path) -> None:
    """Give the copy an author where this user has none: a learner is to commit in it by hand."""
    asked = ["git", "-C", str(folder), "config", "user.email"]
    if subprocess.run(asked, stdout=subprocess.DEVNULL).returncode:
        for setting in WHO[1::2]:
            _git(folder, "config", *setting.split("=", 1))


def look(files: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return what preflight would find in a project of these files, all of them committed."""
    return tuple(all_findings(Committed.of(files)))


def start_web(folder: Path, *, timeout: float = 30) -> servers.Server:
    """Start the web process of a folder's Procfile on a free port, by a shell, as a dyno does.

    It runs in this Python's environment, and listens on loopback where the Procfile says 0.0.0.0:
    nobody outside is meant to reach it.

    Raises:
        ValueError: when the Procfile declares no web process.
        StartError: when it ends early, or nobody listens on $PORT in time.
    """
    command = procfile.processes((folder / procfile.NAME).read_text(encoding="utf-8")).get("web")
    if command is None:
        raise ValueError(f"{folder / procfile.NAME} declares no web process.")
    command = re.sub(r"(?<![\d.])0\.0\.0\.0(?![\d.])", "127.0.0.1", command)
    stack = servers.Stack(
        name="the web process",
        title="the web process",
        command=f"sh -c {shlex.quote(command)}",
        ready="",
        directory=folder,
        grace=2,
    )
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {"PATH": path, "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1"}
    return servers.start(stack, environment=environment, timeout=timeout)


def _git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *WHO, *SETTINGS, "-C", str(folder), *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout

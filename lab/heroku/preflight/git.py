"""Git as a reader: nothing here writes to a repository or runs what it holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

# A repository's own settings could name programs to run; these two are switched off.
QUIET = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")


class NoRepositoryError(RuntimeError):
    """There is nothing to read. Says why and what to do."""


def git(
    directory: Path,
    *arguments: str,
    stdin: bytes = b"",
    statuses: tuple[int, ...] = (0,),
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Return what Git answers.

    Raises:
        NoRepositoryError: when it fails, or is not installed.
    """
    variables = {**(os.environ if environment is None else environment), "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", *QUIET, "-C", str(directory), *arguments]
    try:
        answer = subprocess.run(command, input=stdin, capture_output=True, env=variables)
    except FileNotFoundError as error:
        raise NoRepositoryError("There is no program 'git' here. Install Git first.") from error
    if answer.returncode not in statuses:
        reason = answer.stderr.decode(errors="replace").strip()
        raise NoRepositoryError(f"'git {arguments[0]}' failed in {directory}: {reason}")
    return answer.stdout


def names(answer: bytes) -> list[str]:
    """Return the file names in an answer that ends each with a NUL."""
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]

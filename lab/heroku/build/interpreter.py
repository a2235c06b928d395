"""Which Python a build gets: the one asked for where this machine has it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Interpreter:
    """A Python on this machine, and its version in full, such as 3.13.0."""

    path: str
    version: str

    @property
    def branch(self) -> str:
        """The version without its patch."""
        return ".".join(self.version.split(".")[:2])


def choose(branch: str) -> Interpreter:
    """Return a Python of this branch, such as 3.13; where none is here, the one that runs this."""
    for path in _candidates(branch):
        version = _version_of(path)
        if version.startswith(f"{branch}."):
            return Interpreter(path, version)
    return Interpreter(sys.executable, ".".join(map(str, sys.version_info[:3])))


def _candidates(branch: str) -> Iterator[str]:
    yield sys.executable
    if on_path := shutil.which(f"python{branch}"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    with contextlib.suppress(PermissionError):  # whoever changes accounts keeps another's variable
        for folder in sorted(pyenv.glob(f"versions/{branch}.*"), reverse=True):
            yield str(folder / "bin" / "python")


def _version_of(path: str) -> str:
    """Return what an interpreter says of itself; a shim that finds none says nothing."""
    if path == sys.executable:
        return ".".join(map(str, sys.version_info[:3]))
    code = "import platform; print(platform.python_version())"
    try:
        answer = subprocess.run([path, "-I", "-c", code], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""

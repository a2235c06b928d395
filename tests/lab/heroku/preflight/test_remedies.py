"""The commands that a finding gives are run as they stand, and then the finding is gone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import pytest

from lab.heroku.preflight import preflight
from tests.lab.heroku.preflight.copies import Copy

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Test" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "test@localhost" for who in ("AUTHOR", "COMMITTER")},
}
CRLF = b"web: uvicorn apps.api.main:app --host 0.0.0.0 --port $PORT --timeout-keep-alive 95\r\n"


def only_in_the_folder(copy: Copy) -> None:
    """Have .gitignore keep the Procfile out of the commit."""
    content = (copy.folder / "Procfile").read_bytes()
    copy.remove("Procfile")
    copy.write(".gitignore", "Procfile\n")
    copy.commit()
    copy.write("Procfile", content)


def in_place_of_runtime(name: str, text: str) -> Callable[[Copy], None]:
    """Write another file in the place of runtime.txt."""

    def change(copy: Copy) -> None:
        copy.remove("runtime.txt")
        copy.write(name, text)
        copy.commit()

    return change


def renamed(old: str, new: str) -> Callable[[Copy], None]:
    """Give a file another name."""

    def change(copy: Copy) -> None:
        copy.rename(old, new)
        copy.commit()

    return change


def written(path: str, content: str | bytes) -> Callable[[Copy], None]:
    """Write a file."""

    def change(copy: Copy) -> None:
        copy.write(path, content)
        copy.commit()

    return change


def no_version(copy: Copy) -> None:
    """Name no version."""
    copy.remove("runtime.txt")
    copy.commit()


def changed(copy: Copy) -> None:
    """Leave a change that is not committed."""
    copy.write("apps/new.py", "")


CASES: list[tuple[str, Callable[[Copy], None]]] = [
    ("runtime-txt::deprecated", lambda copy: copy.commit()),
    ("checks::existing-python-dir", written(".heroku/python/bin/python", "")),
    ("checks::existing-venv-dir", written(".venv/pyvenv.cfg", "")),
    ("package-manager::multiple-found", written("uv.lock", "")),
    ("package-manager::pipenv-missing-lockfile", written("Pipfile", "")),
    ("package-manager::none-found", renamed("requirements.txt", "requirment.txt")),
    ("package-manager::none-found", renamed("requirements.txt", "apps/requirements.txt")),
    ("python-version-file::misspelled", in_place_of_runtime(".pythonversion", "3.13\n")),
    ("python-version::eol", in_place_of_runtime(".python-version", "3.9\n")),
    ("python-version::eol", written("runtime.txt", "python-3.9\n")),
    ("python-version::unknown-major", written("runtime.txt", "python-3.99\n")),
    ("python-version::patch-update-available", written("runtime.txt", "python-3.13.1\n")),
    ("python-version::unknown-patch", written("runtime.txt", "python-3.13.99\n")),
    ("python-version::none-specified", no_version),
    ("dyno::procfile-misspelt", renamed("Procfile", "procfile.txt")),
    ("dyno::procfile-misspelt", renamed("Procfile", "apps/Procfile")),
    ("dyno::procfile-not-committed", only_in_the_folder),
    ("dyno::procfile-crlf", written("Procfile", CRLF)),
    ("copy::uncommitted-changes", changed),
]


@pytest.mark.parametrize(("code", "change"), CASES)
def test_the_commands_mend_it(copy: Copy, code: str, change: Callable[[Copy], None]) -> None:
    change(copy)
    found = {one.code: one for one in preflight(copy.folder).findings}
    commands = [line for line in found[code].remedy.splitlines() if line.startswith("  ")]
    assert commands
    subprocess.run(
        ["sh", "-e", "-c", "\n".join(commands)],
        cwd=copy.folder,
        env={**os.environ, **GIT},
        check=True,
        capture_output=True,
    )
    left = {one.code for one in preflight(copy.folder).findings}
    assert left <= {"runtime-txt::deprecated"} - {code}

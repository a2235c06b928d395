"""The small project: once unbroken for all tests, and a copy of it for each that breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.lab.heroku.preflight.copies import FILES, Copy


@pytest.fixture(scope="session")
def whole_copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The project, committed and unbroken. Nobody changes it: `copy` is for that."""
    copy = Copy(tmp_path_factory.mktemp("heroku") / "copy")
    for path, content in FILES.items():
        copy.write(path, content)
    copy.git("init", "--quiet", "--template=", "--initial-branch", "main")
    copy.commit()
    return copy


@pytest.fixture
def copy(whole_copy: Copy, tmp_path: Path) -> Copy:
    """A copy of the project to break."""
    return Copy(Path(shutil.copytree(whole_copy.folder, tmp_path / "copy")))

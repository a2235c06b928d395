"""What npm installs for a JavaScript client is pinned, and names no registry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import CLIENTS


@pytest.fixture(params=["react", "vue", "angular"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The folder of one client."""
    return CLIENTS / str(request.param)


def locked(folder: Path) -> dict[str, dict[str, Any]]:
    """What the lock file says of each package, by the place where npm unpacks it."""
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
    packages: dict[str, dict[str, Any]] = lock["packages"]
    return {path: package for path, package in packages.items() if path}  # "" is the client


def test_every_version_is_exact(folder: Path) -> None:
    package = json.loads((folder / "package.json").read_text("utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert [name for name, version in wanted.items() if not re.fullmatch(r"[\d.]+", version)] == []


def test_the_lock_file_has_checksums_and_no_addresses(folder: Path) -> None:
    packages = locked(folder)
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_the_lock_file_serves_every_platform(folder: Path) -> None:
    """Without the packages of all platforms, `npm ci` refuses it on some."""
    packages = locked(folder)
    names = {path.rpartition("node_modules/")[2] for path in packages}
    for path, package in packages.items():
        assert package.get("optionalDependencies", {}).keys() <= names, path

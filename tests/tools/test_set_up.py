"""The set-up takes the Python that was named, and works without ensurepip, as Debian ships it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pip
import pytest

from tools import set_up

VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the copied Python is laid out for POSIX"
)


@pytest.fixture
def debian_python(tmp_path: Path) -> Path:
    """A copy of this Python whose standard library has everything but ensurepip; pip is there."""
    prefix = tmp_path / "usr"
    library, packages = prefix / "lib" / VERSION, prefix / "lib" / VERSION / "site-packages"
    packages.mkdir(parents=True)
    (prefix / "bin").mkdir()
    copied = prefix / "bin" / "python3"
    shutil.copy(Path(sys._base_executable).resolve(), copied)  # type: ignore[attr-defined]
    for entry in (Path(sys.base_prefix) / "lib" / VERSION).iterdir():
        if entry.name not in {"ensurepip", "site-packages"}:
            (library / entry.name).symlink_to(entry)
    (packages / "pip").symlink_to(Path(pip.__file__).parent)
    return copied


@pytest.fixture(autouse=True)
def small_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel in the place of uv, so that nothing is fetched, and a place for the environment."""
    wheel = tmp_path / "uv-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("uv.py", "FOUND = True")
        file.writestr("uv-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: uv\nVersion: 1\n")
        file.writestr(
            "uv-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr("uv-1.dist-info/RECORD", "")
    monkeypatch.setattr(set_up, "UV", str(wheel))
    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path / "environment")


def new_python() -> str:
    return str(set_up.ENVIRONMENT / "bin" / "python")


def can_import_uv() -> bool:
    return subprocess.run([new_python(), "-c", "import uv; uv.FOUND"]).returncode == 0


def test_a_python_that_was_named_is_used_whatever_else_is_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "wanted_version", lambda: (3, 99))
    monkeypatch.setattr(set_up, "candidates", lambda _: iter(["/opt/python3.99"]))
    monkeypatch.setattr(set_up, "version_of", lambda _: (3, 99))
    assert set_up.choose_python() == "/opt/python3.99"
    assert set_up.choose_python(named=True) == sys.executable
    assert "runtime.txt names Python 3.99; using Python 3." in capsys.readouterr().out
    # What make passes on: the name of one that was typed, and nothing of its own.
    alone = {name: one for name, one in os.environ.items() if name not in {"PYTHON", "MAKEFLAGS"}}
    for given, told in ((["PYTHON=python3"], True), ([], False)):
        shown = subprocess.run(
            ["make", "--dry-run", "--always-make", "setup", *given],
            cwd=set_up.ROOT, env=alone, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert ("--named" in shown.stdout) is told


def test_without_ensurepip_the_machines_pip_installs(debian_python: Path) -> None:
    hidden = subprocess.run([debian_python, "-m", "ensurepip"], capture_output=True, text=True)
    assert "No module named ensurepip" in hidden.stderr
    set_up.install_uv(str(debian_python), new_python())
    assert can_import_uv()


def test_without_pip_too_the_machines_uv_installs(
    debian_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # where the set-up has put uv
    (debian_python.parents[1] / "lib" / VERSION / "site-packages" / "pip").unlink()
    set_up.install_uv(str(debian_python), new_python())
    assert can_import_uv()


def test_without_any_of_them_the_reasons_and_the_remedy_are_said(
    debian_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (debian_python.parents[1] / "lib" / VERSION / "site-packages" / "pip").unlink()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SystemExit) as stopped:
        set_up.install_uv(str(debian_python), new_python())
    assert "No module named pip" in str(stopped.value)
    assert "install python3-venv" in str(stopped.value)

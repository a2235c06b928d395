"""A class on a real JupyterHub: the trial itself, where JupyterHub is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from tools.pins import CLASSROOM, ROOT
from tools.try_hub import accounts
from tools.try_hub.__main__ import main


@pytest.mark.timeout(1800)
def test_learners_do_not_clash_on_a_hub(long_form: bool) -> None:
    proxy = ROOT / "classroom" / "jupyterhub" / "node_modules"
    if not long_form or find_spec("jupyterhub") is None or not proxy.exists():
        pytest.skip("takes minutes, and needs what `make hub` installs")
    command = [sys.executable, "-m", "tools.try_hub", "--learners", "2", "--lessons", "00,05"]
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr


def test_root_without_accounts_for_the_learners_is_told_so_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(accounts, "possible", lambda: "other accounts cannot run /root/python")
    result = CliRunner().invoke(main, ["--learners", "1"])
    assert result.exit_code == 1
    assert "But other accounts cannot run /root/python." in result.output


def test_every_package_of_the_class_is_pinned_once() -> None:
    files = [CLASSROOM, ROOT / "test_requirements.txt", ROOT / "requirements.txt"]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    names = [line.partition("==")[0] for line in lines if line and line[0] not in "#-"]
    assert len(names) == len(set(names))
    assert "jupyterhub" in names

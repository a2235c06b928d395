"""The checks are type-checked like the rest: each as a module of its own.

That takes half a minute where the type checker has kept nothing yet, so it is done in CI, which has
just run it, and with `--long`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lab.exercises.catalogue import ROOT, exercises


def test_every_check_is_typed(tmp_path: Path, long_form: bool) -> None:
    if not (long_form or os.environ.get("CI")):
        pytest.skip("The type checker takes half a minute: CI and --long run it.")
    for exercise in exercises():
        name = f"check_{exercise.number.replace('.', '_')}.py"
        (tmp_path / name).write_text(exercise.check.text, encoding="utf-8")
    settings = ROOT / "pyproject.toml"
    command = [sys.executable, "-m", "mypy", "--config-file", str(settings), str(tmp_path)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr

"""The dev container and Binder: their files agree with the repository, and their commands run.

There may be no Docker here, so no container is built. `--long` runs Binder's commands in a clone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lab import servers

ROOT = Path(__file__).parents[1]
BINDER = ROOT / "binder"
PYTHON = (ROOT / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
# What https://containers.dev/implementors/json_reference/ allows, of the names that are used.
KNOWN = {"name", "image", "postCreateCommand", "forwardPorts", "portsAttributes", "customizations"}


def test_the_dev_container_has_the_python_the_ports_and_the_set_up_of_the_repository() -> None:
    text = (ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8")
    container = json.loads(text)
    assert set(container) <= KNOWN
    assert container["image"] == f"python:{PYTHON}"
    assert {str(port) for port in container["forwardPorts"]} == set(container["portsAttributes"])
    labels = {port: one["label"] for port, one in container["portsAttributes"].items()}
    assert labels["8000"] == servers.STACKS["fastapi"].title
    assert labels["8001"] == servers.STACKS["flask"].title
    command, _, target = container["postCreateCommand"].partition(" ")
    assert (command, target) == ("make", "setup")


def test_binder_has_the_python_of_the_repository() -> None:
    made = (BINDER / "environment.yml").read_text(encoding="utf-8")
    assert f"  - python={PYTHON}\n" in made


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_binders_programs_can_be_run(name: str) -> None:
    assert os.access(BINDER / name, os.X_OK)
    subprocess.run(("bash", "-n", str(BINDER / name)), check=True)


@pytest.mark.parametrize(
    ("limit", "count"),
    [("150000 100000\n", "2"), ("100000 100000\n", "1"), ("max 100000\n", ""), (None, "")],
)
def test_start_tells_python_its_share_of_the_processors(
    tmp_path: Path, limit: str | None, count: str
) -> None:
    file = tmp_path / "cpu.max"
    if limit is not None:
        file.write_text(limit, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "CPU_LIMIT_FILE": str(file)}
    code = 'echo "${PYTHON_CPU_COUNT-}" "$0"'
    command = (str(BINDER / "start"), "bash", "-c", code, "given")
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == [*count.split(), "given"]


@pytest.mark.timeout(3600)  # it installs everything without what other set-ups have left
def test_what_both_run_sets_up_a_fresh_clone(tmp_path: Path, long_form: bool) -> None:
    if not long_form:
        pytest.skip("--long installs everything anew, twice")
    clone, home, made = tmp_path / "clone", tmp_path / "home", tmp_path / "conda"
    home.mkdir()
    subprocess.run(("git", "clone", "--quiet", str(ROOT), str(clone)), check=True)
    subprocess.run((sys.executable, "-m", "venv", str(made)), check=True)
    path = f"{made / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(home), "PATH": path}
    for command in (("binder/postBuild",), ("make", "setup")):
        subprocess.run(command, cwd=clone, env=environment, check=True)
    code = "from lab import servers\nwith servers.running('flask') as one: print(one)"
    for python in (made / "bin" / "python", clone / ".venv" / "bin" / "python"):
        answer = subprocess.run(
            (str(clone / "binder" / "start"), str(python), "-c", code),
            cwd=clone,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Flask on gunicorn" in answer.stdout

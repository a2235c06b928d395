"""What starts a learner's JupyterLab in a class: the copy is there, whole, whatever came before."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest

from lab.exercises import store

LEARNER = Path(__file__).parents[1] / "classroom" / "jupyterhub" / "learner.py"


def test_what_has_ended_a_first_visit_does_not_end_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, started = tmp_path / "home", list[tuple[str, list[str]]]()
    copy, part = home / "served-twice", home / "served-twice.part"
    (part / "notebooks").mkdir(parents=True)  # half of a copy
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    monkeypatch.setenv("LAB_WORKSPACE", str(home))  # is set by what is tested, and put back
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "execve", lambda *all_: started.append(all_[:2]))
    for _ in range(2):
        runpy.run_path(str(LEARNER), run_name="__main__")
        assert not part.exists()
        assert store.read(copy / "progress.json").learner == "ada"
        assert (copy / "notebooks" / "00_start_here.ipynb").is_file()
        (copy / ".venv" / ".ready").unlink()  # the second visit finds half of an environment
        (copy / ".venv" / "bin" / "lab").unlink()
    assert [command[3] for _, command in started] == ["jupyterhub.singleuser"] * 2

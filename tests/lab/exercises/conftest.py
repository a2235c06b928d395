"""A workbook of one small chapter, and a workspace that is nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.exercises import catalogue
from lab.exercises.source import Exercise, read_exercise
from tests.lab.exercises.sample import SOURCE


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, empty at first."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    monkeypatch.setenv("LAB_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with exercises 01.1 and 01.2, which the catalogue takes for all."""
    chapter = tmp_path / "content" / "01_numbers"
    chapter.mkdir(parents=True)
    (chapter / "1_twice.py").write_text(SOURCE, encoding="utf-8")
    later = SOURCE.replace("# # Twice", "# # Twice again")
    (chapter / "2_twice_again.py").write_text(later, encoding="utf-8")
    for function in (catalogue.exercise_files, catalogue.exercises):
        monkeypatch.setattr(function, "__defaults__", (chapter.parent,))
    return chapter.parent


@pytest.fixture
def exercise(content: Path) -> Exercise:
    """Exercise 01.1: write a function that doubles a number."""
    return read_exercise(content / "01_numbers" / "1_twice.py")

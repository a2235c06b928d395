"""Each dyno has a tree of its own of an environment: what one does there, no other sees."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lab.heroku import environments

PACKAGE = Path("lib", "python3", "site-packages", "package")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """An environment with one package and a link."""
    environment = tmp_path / "environment"
    (environment / PACKAGE).mkdir(parents=True)
    (environment / PACKAGE / "__init__.py").write_text("NAME = 'whole'\n", encoding="utf-8")
    (environment / "lib64").symlink_to("lib")
    environments.make_ready(environment)
    return environment


def plant(environment: Path, name: str) -> Path:
    tree = environment.parent / name
    environments.plant(environment, tree)
    return tree


def test_what_a_dyno_adds_replaces_and_removes_is_in_its_tree_alone(made: Path) -> None:
    first = plant(made, "first")
    (first / PACKAGE / "more.py").write_text("", encoding="utf-8")
    new = first / "new"
    new.write_text("NAME = 'patched'\n", encoding="utf-8")
    new.replace(first / PACKAGE / "__init__.py")
    (first / "lib64").unlink()
    for other in (made, plant(made, "second")):
        assert [file.name for file in sorted((other / PACKAGE).glob("*.py"))] == ["__init__.py"]
        assert "whole" in (other / PACKAGE / "__init__.py").read_text(encoding="utf-8")
        assert (other / "lib64" / "python3").is_dir()


def test_a_file_of_a_package_cannot_be_changed_for_all(made: Path) -> None:
    mode = (plant(made, "tree") / PACKAGE / "__init__.py").stat().st_mode
    assert not mode & environments.WRITABLE


def test_what_python_compiles_is_there_for_the_next_dyno(made: Path) -> None:
    """And it is nothing but that: a tree that is thrown away takes none of it along."""
    cache = plant(made, "first") / PACKAGE / "__pycache__"
    (cache / "compiled").write_text("", encoding="utf-8")
    assert (plant(made, "second") / PACKAGE / "__pycache__" / "compiled").exists()


def test_a_file_is_copied_where_a_disk_knows_no_links(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    tree = plant(made, "tree")
    assert "whole" in (tree / PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert (tree / PACKAGE / "__init__.py").stat().st_nlink == 1


def test_an_environment_that_is_gone_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        environments.plant(tmp_path / "gone", tmp_path / "tree")

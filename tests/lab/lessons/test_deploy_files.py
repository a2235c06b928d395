"""The tables and pictures of lesson 09."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.heroku.preflight import Finding
from lab.lessons import deploy_files
from lab.lessons.deploy_files import READERS, STAGES

WARNING = Finding("a::b", "warning", "It is old.", "Cause.", "Remedy.")
ERROR = Finding("c::d", "error", "It is wrong.", "Cause.", "Remedy.", leads_to="H10")


def test_each_finding_has_a_line_and_a_known_one_has_none() -> None:
    tries = {"one": [WARNING, ERROR], "two": [WARNING], "three": []}
    shown = deploy_files.findings_table(tries, "try", known="a::b")
    assert [line.split("  ")[0] for line in shown.splitlines()] == ["try", "one", "two", "three"]
    both = deploy_files.findings_table(tries, "try").splitlines()
    assert both[1].split() == ["one", "warning", "It", "is", "old."]
    assert both[2].split() == ["error", "It", "is", "wrong.", "H10"]


def test_each_reader_is_a_stage_and_every_file_is_drawn() -> None:
    assert {stage for stages in READERS.values() for stage in stages} == set(STAGES)
    texts = [text.get_text() for text in deploy_files.draw_readers().axes[0].texts]
    assert set(READERS) <= set(texts)
    assert texts.count("reads it") == deploy_files.readers_table().count("reads it")
    assert all(file in deploy_files.describe_readers() for file in READERS)


def test_packages_are_weighed_once_and_those_not_here_are_left_out(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("# ours\nclick==8 ; python_version > '3'\nclick-nowhere==1\n")
    second.write_text(f"-r {first.name}\nclick\npytest==9 ; python_version < '3'\npackaging\n")
    deployed = deploy_files.packages_of(first, "deployed")
    stays = deploy_files.packages_of(second, "stays", without=deployed)
    assert list(deployed.megabytes) == ["click"]
    assert list(stays.megabytes) == ["packaging"]
    assert 0.1 < deployed.total < 10
    groups = [deployed, stays]
    assert deploy_files.packages_table(groups).splitlines()[1].split()[:2] == ["deployed", "1"]
    assert "stays: 1 packages" in deploy_files.describe_packages(groups)
    assert len(deploy_files.draw_packages(groups).axes[0].patches) == 4


def test_pins_are_lines_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("fastapi==1.2\nPyYAML==3.4\n")
    assert deploy_files.pins(file, "pyyaml") == ["pyyaml==3.4"]


def test_a_program_without_its_cell_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="Run its cell first"):
        deploy_files.program_text("nowhere.py")

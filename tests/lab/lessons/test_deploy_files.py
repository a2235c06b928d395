"""The tables and pictures of lesson 09."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.heroku.preflight import Finding
from lab.lessons import deploy_files
from lab.lessons.deploy_files import READERS, STAGES, Packages

WARNING = Finding("a::b", "warning", "It is old.", "Cause.", "Remedy.")
ERROR = Finding("c::d", "error", "It is wrong.", "Cause.", "Remedy.", leads_to="H10")


def test_each_finding_has_a_line_and_a_known_one_has_none() -> None:
    tries = {"one": [WARNING, ERROR], "two": [WARNING], "three": []}
    shown = deploy_files.findings_table(tries, "try", known="a::b")
    assert [line.split("  ")[0] for line in shown.splitlines()] == ["try", "one", "two", "three"]
    both = deploy_files.findings_table(tries, "try").splitlines()
    assert both[1].split() == ["one", "warning", "It", "is", "old."]
    assert both[2].split() == ["error", "It", "is", "wrong.", "H10"]


def test_each_reader_is_a_stage_and_every_file_is_shown() -> None:
    assert {stage for stages in READERS.values() for stage in stages} == set(STAGES)
    table = deploy_files.readers_table()
    assert all(file in table for file in READERS)
    assert table.count("reads it") == sum(len(stages) for stages in READERS.values())


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


def test_each_part_of_a_bar_has_a_name_that_fits() -> None:
    short = Packages("deployed", {"onnxruntime": 76.0, "numpy": 56.0, "a": 2.0, "b": 1.0, "c": 1.0})
    long = Packages("stays", {"scipy": 400.0, "a-name-too-long-for-it": 100.0, "c": 90.0})
    axes = deploy_files.draw_packages([short, long]).axes[0]
    beside = "from left to right:\nonnxruntime 76, numpy 56, a 2,\nb 1, all others 1"
    texts = [text.get_text() for text in axes.texts]
    assert texts[1] == beside
    assert texts[3:] == ["scipy\n400", "c\n90", "all others\n100"]
    assert len(axes.patches) == 5 + 3


def test_pins_are_lines_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("fastapi==1.2\nPyYAML==3.4\n")
    assert deploy_files.pins(file, "pyyaml") == ["pyyaml==3.4"]


def test_a_program_without_its_cell_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="Run its cell first"):
        deploy_files.program_text("nowhere.py")

"""The label of a machine: its own, kept, and never empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.bench.environment import MACHINE_FILE, machine_label


def test_a_random_name_is_kept_and_a_given_one_takes_its_place(tmp_path: Path) -> None:
    label = machine_label(tmp_path, None)
    assert label.startswith("machine-")
    assert machine_label(tmp_path, None) == label
    assert machine_label(tmp_path, "front row") == "front row"
    assert machine_label(tmp_path, None) == "front row"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_whatever_its_file_holds_a_machine_has_a_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MACHINE_FILE).write_bytes(content)
    label = machine_label(tmp_path, None)
    assert label
    assert machine_label(tmp_path, None) == label

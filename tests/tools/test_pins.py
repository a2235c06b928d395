"""`make pins` reaches every pin of the repository, also those outside the requirements files."""

from __future__ import annotations

import re

import pytest

from tools.pins import ELSEWHERE, ROOT, repinned

PIN = re.compile(r"""["']([A-Za-z][\w.-]*)==[0-9][\w.]*["']""")


def test_a_pin_gets_its_new_version_and_nothing_else_changes() -> None:
    text = 'UV = "uv==0.13.9"  # uvloop==1.0 is another\nneeds = ["a==1", "pandas==3.1.1"]\n'
    assert repinned(text, {"uv": "0.14.0", "pandas": "4.0rc1"}) == (
        'UV = "uv==0.14.0"  # uvloop==1.0 is another\nneeds = ["a==1", "pandas==4.0rc1"]\n'
    )


@pytest.mark.parametrize("text", ["", "uv==1 and uv==2"])
def test_a_pin_that_is_not_there_once_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="uv is pinned"):
        repinned(text, {"uv": "1"})


def test_every_pin_elsewhere_is_found() -> None:
    for file, names in ELSEWHERE.items():
        text = file.read_text(encoding="utf-8")
        assert repinned(text, dict.fromkeys(names, "99")).count("==99") == len(names)


def test_no_other_file_pins_a_package() -> None:
    folders = ("apps", "benchmarks", "lab", "tools", "training")
    files = [ROOT / "pyproject.toml", *(f for one in folders for f in (ROOT / one).rglob("*.py"))]
    for file in files:
        found = set(PIN.findall(file.read_text(encoding="utf-8")))
        assert found == set(ELSEWHERE.get(file, ())), file

"""The README, and its map of the folders, say only what exists."""

from __future__ import annotations

import re
from pathlib import Path

from lab.cli import WHERE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_folder_and_file_of_the_map_exists() -> None:
    whole = README.partition("## What is where")[2].partition("\n## ")[0]
    rows = [line for line in whole.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall("`([^`]+)`", row.split("|")[1])]
    assert len(named) > 10
    for name in named:
        assert (ROOT / name).exists(), name


def test_every_link_to_a_file_leads_to_one() -> None:
    linked = [name for name in re.findall(r"\]\(([^)]+)\)", README) if "://" not in name]
    assert len(linked) > 10
    for name in linked:
        assert (ROOT / name).exists(), name


def test_every_command_that_it_names_exists() -> None:
    named = re.findall(r"`(?:\.venv/bin/)?lab (\w+)", README)
    assert set(named) >= {"serve", "check", "smoke"}
    assert set(named) <= set(WHERE)


def test_it_promises_the_lessons_that_there_are() -> None:
    lessons = sorted(path.name[:2] for path in (ROOT / "content").glob("[0-9]*.py"))
    assert f"The lessons, {lessons[0]} to {lessons[-1]}," in README

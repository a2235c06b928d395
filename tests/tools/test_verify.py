"""What was verified is what is pinned and what the README shows; and how the check speaks."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

from tools import verify
from tools.pins import ELSEWHERE, ROOT
from tools.verify import bring_back, changes, named, pins, summary

WORKFLOW = ROOT / ".github" / "workflows" / "newest-dependencies.yml"
RECORD = tomllib.loads(verify.RECORD.read_text(encoding="utf-8"))


def test_the_readme_shows_the_day_of_the_record() -> None:
    shown = verify.DATE.findall(verify.README.read_text(encoding="utf-8"))
    assert shown == [RECORD["date"].isoformat()]


def test_the_record_has_the_versions_that_are_pinned() -> None:
    pinned = pins(ROOT)
    assert len(RECORD["packages"]) > 40
    assert {name: pinned.get(name) for name in RECORD["packages"]} == RECORD["packages"]
    assert (
        {"fastapi", "flask", "gunicorn", "uvicorn"} <= set(RECORD["packages"]) <= set(named(ROOT))
    )


def test_what_the_tests_do_not_try_is_not_recorded() -> None:
    assert "jupyterhub" in pins(ROOT)
    assert "jupyterhub" not in named(ROOT)
    assert {"sphinx", "furo"} <= set(named(ROOT))
    assert any("site" in step for step in verify.SET_UP)


def test_only_what_is_another_now_is_a_change() -> None:
    before = {"flask": "3.1.3", "gone": "1", "same": "2"}
    after = {"flask": "3.2.0", "new": "5", "same": "2"}
    assert changes(before, after) == [
        "| flask | 3.1.3 | 3.2.0 |",
        "| gone | 1 | none |",
        "| new | none | 5 |",
    ]


def test_the_summary_says_what_changed_and_shows_what_failed() -> None:
    said = "\n".join(f"line {number}" for number in range(1, 101))
    good = summary([], True, said)
    assert good.startswith("# All tests pass\n")
    assert "pinned in its newest version" in good
    assert "line 100\n" in good
    assert "line 99\n" not in good
    bad = summary(["| flask | 3.1.3 | 3.2.0 |"], False, said)
    assert bad.startswith("# Something does not work any more\n")
    assert "| flask | 3.1.3 | 3.2.0 |" in bad
    assert "line 61\n" in bad
    assert "line 60\n" not in bad


def test_what_has_passed_is_brought_back(tmp_path: Path) -> None:
    clone, root = tmp_path / "clone", tmp_path / "root"
    for folder in (clone, root):
        kept = (*verify.FILES, *ELSEWHERE, verify.RECORD, verify.README)
        for file in kept:
            target = folder / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    newer = clone / "requirements.txt"
    text = newer.read_text(encoding="utf-8")
    newer.write_text(re.sub(r"fastapi==\S+", "fastapi==99.1", text), encoding="utf-8")
    bring_back(clone, date(2030, 1, 2), root)
    record = tomllib.loads((root / "docs" / "last-verified.toml").read_text(encoding="utf-8"))
    assert record["date"] == date(2030, 1, 2)
    assert record["packages"]["fastapi"] == "99.1"
    assert "fastapi==99.1\n" in (root / "requirements.txt").read_text(encoding="utf-8")
    assert "Last verified on 2030-01-02" in (root / "README.md").read_text(encoding="utf-8")


def test_the_schedule_runs_this_check_and_may_change_nothing() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    assert re.search(r'cron: "\d+ \d+ \* \* \d"', text)
    assert "permissions:\n  contents: read\n" in text
    assert "run: .venv/bin/python -m tools.verify --write --summary" in text
    python = (ROOT / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f'python-version: "{python}"' in text

"""`lab drill`: what it says and asks, in a terminal and elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lab.cli import main
from lab.heroku.drills import find
from lab.heroku.drills.asking import ask
from lab.heroku.scratch import commit_files


def test_a_drill_from_its_beginning_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    begun = runner.invoke(main, ["drill", "none-found"], catch_exceptions=False)
    assert begun.exit_code == 0
    assert "remote:  !     Error: Couldn't find any supported Python package" in begun.output
    assert "What is the cause?" in begun.output
    assert "lab drill package-manager::none-found --check" in begun.output
    assert (tmp_path / ".drills" / ".gitignore").read_text() == "*\n"

    again = runner.invoke(main, ["drill", "none-found"])
    assert again.exit_code == 1
    assert "is there already" in again.output

    copy = tmp_path / ".drills" / "package-manager-none-found"
    (copy / "requirement.txt").rename(copy / "requirements.txt")
    unmended = runner.invoke(main, ["drill", "none-found", "--check"])
    assert unmended.exit_code == 1
    assert "The push is refused. Error: Couldn't find" in unmended.output
    assert "only what is committed is deployed" in unmended.output

    commit_files(find("none-found").mended, copy)
    mended = runner.invoke(main, ["drill", "none-found", "--check", "--json"])
    assert mended.exit_code == 0, mended.output
    assert json.loads(mended.output)["healthy"]


def test_the_list_names_all(tmp_path: Path) -> None:
    del tmp_path
    shown = CliRunner().invoke(main, ["drill", "--list"])
    assert "H13-worker" in shown.output
    assert "install-dependencies::pip" in shown.output
    assert "The '…' stack is no longer supported." in shown.output
    assert not re.search(r"[{}]|,$", shown.output, re.MULTILINE)
    listed = json.loads(CliRunner().invoke(main, ["drill", "--list", "--json"]).output)
    assert {"R10", "H27"} <= {one["code"] for one in listed}


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    runner = CliRunner()
    assert "Which drill?" in runner.invoke(main, ["drill"]).output
    assert "There is no drill H99" in runner.invoke(main, ["drill", "H99"]).output
    missing = runner.invoke(main, ["drill", "H12", "--check", "--dir", str(tmp_path / "x")])
    assert "Begin with: lab drill H12" in missing.output


def test_a_wrong_answer_is_told_why_and_asked_again() -> None:
    drill = find("H12")
    causes = drill.cause.choices("H12 What is the cause?")
    cures = drill.cure.choices("H12 What is the cure?")
    wrong = next(one for one in causes if one != drill.cause.right)
    numbers = [causes.index(wrong), causes.index(drill.cause.right), cures.index(drill.cure.right)]

    @click.command()
    def asked() -> None:
        ask(drill)

    typed = "".join(f"{number + 1}\n" for number in numbers)
    shown = CliRunner().invoke(asked, input=typed)
    assert shown.exit_code == 0
    assert f"Not that. {drill.cause.wrong[wrong]}" in shown.output
    assert shown.output.count("Right.") == 2

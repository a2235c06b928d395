"""The learner's loop in a terminal, through the `lab` command."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.cli import main
from lab.exercises.catalogue import ROOT
from lab.exercises.shared_packages import share_packages, shares_packages
from lab.exercises.source import Exercise
from lab.exercises.watch import watch
from lab.exercises.workspace import not_here

WRONG = "def double(number):\n    return number**2\n"


@pytest.fixture(autouse=True)
def _learner(workspace: Path, content: Path) -> None:
    """Let every test have a workspace and a content of its own."""


@pytest.fixture
def file(workspace: Path, exercise: Exercise) -> Path:
    """The file of the answer; its folder is there."""
    found = workspace / "exercises" / exercise.path
    found.parent.mkdir(parents=True)
    return found


def lab(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_check_says_what_is_wrong_and_exits_with_1(file: Path) -> None:
    file.write_text(WRONG, encoding="utf-8")
    result = lab("check", "01.1")
    assert result.exit_code == 1
    assert "Exercise 01.1: Twice: not yet\n  double(3) should be 6, but is 9." in result.output
    assert "lab hint 01.1" in result.output


def test_check_exits_with_0_for_a_right_answer(file: Path, exercise: Exercise) -> None:
    file.write_text(exercise.solution, encoding="utf-8")
    result = lab("check", "01.1")
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "Exercise 01.1: Twice: passed")


def test_check_of_a_stub_is_no_success() -> None:
    result = lab("check", "01.1")
    assert result.exit_code == 1
    assert "not attempted" in result.output


def test_check_without_a_number_takes_what_is_begun(file: Path) -> None:
    assert "No exercise is begun yet." in lab("check").output
    file.write_text(WRONG, encoding="utf-8")
    result = lab("check", "--json")
    assert result.exit_code == 1
    (record,) = json.loads(result.output)
    assert (record["exercise"], record["state"]) == ("01.1", "not yet")


@pytest.mark.parametrize("command", ["check", "hint"])
def test_an_unknown_number_names_the_known_ones(command: str) -> None:
    result = lab(command, "01.7")
    assert result.exit_code == 2
    assert "There is no exercise '01.7'. There are: 01.1, 01.2." in result.output


def test_a_number_without_its_nought_is_understood_as_a_slip() -> None:
    assert "Did you mean 01.1?" in lab("hint", "1.1").output


def test_progress_has_a_record_for_each_exercise(file: Path) -> None:
    file.write_text(WRONG, encoding="utf-8")
    lab("check", "01.1")
    first, second = json.loads(lab("progress", "--json").output)
    assert (first["exercise"], first["state"], first["attempts"]) == ("01.1", "not yet", 1)
    assert first["message"] == "double(3) should be 6, but is 9."
    assert (second["exercise"], second["state"]) == ("01.2", "not attempted")
    assert "Passed: 0 of 2. Next: Exercise 01.1" in lab("progress").output


def test_hint_gives_one_more_each_time(file: Path) -> None:
    file.write_text(WRONG, encoding="utf-8")
    lab("check", "01.1")
    assert "hint 1 of 3" in lab("hint", "01.1").output
    assert "hint 2 of 3" in lab("hint", "01.1").output
    assert "hint 3 of 3" in lab("hint", "01.1", "3").output


@pytest.mark.parametrize("polling", [False, True], ids=["announced", "polling"])
def test_watch_notices_a_saved_answer(file: Path, polling: bool) -> None:
    said: queue.Queue[str] = queue.Queue()
    seen: queue.Queue[str] = queue.Queue()

    def look() -> None:
        for exercise in watch(polling=polling, say=said.put):
            seen.put(exercise.number)
            return

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    lines = [said.get(timeout=20)]
    if polling:
        assert "(polling)" in lines[0]
        lines.append(said.get(timeout=20))
    assert lines[-1].startswith("Watching exercises/")
    number = 0
    while watcher.is_alive():  # the watch itself begins a moment after it is announced
        number += 1
        file.write_text(f"# {number}\n", encoding="utf-8")
        watcher.join(timeout=1)
        assert number < 30
    assert seen.get(timeout=1) == "01.1"


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def learner_copy(tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    result = lab("init", str(copy), "--name", "A learner")
    assert result.exit_code == 0, result.output
    assert f"cd {copy}" in result.output
    return copy


def test_init_makes_a_repository_that_is_the_learners_own(learner_copy: Path) -> None:
    assert git(learner_copy, "status", "--porcelain") == ""
    assert git(learner_copy, "rev-list", "--count", "HEAD").strip() == "1"
    assert git(learner_copy, "branch", "--show-current").strip() == "main"
    mine = set(git(learner_copy, "ls-files").split())
    theirs = set(git(ROOT, "ls-tree", "-r", "--name-only", "HEAD").split())
    assert mine - theirs == {"progress.json"}
    assert all(name.startswith(".ci/") for name in theirs - mine)
    assert json.loads((learner_copy / "progress.json").read_text())["learner"] == "A learner"


def test_init_takes_along_what_is_done(
    file: Path, exercise: Exercise, tmp_path: Path, workspace: Path
) -> None:
    file.write_text(exercise.solution, encoding="utf-8")
    lab("check", "01.1")
    copy = tmp_path / "copy"
    assert lab("init", str(copy)).exit_code == 0
    assert (copy / "exercises" / exercise.path).read_text() == exercise.solution
    assert (copy / "progress.json").read_text() == (workspace / "progress.json").read_text()


def test_init_touches_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = lab("init", str(tmp_path))
    assert result.exit_code == 1
    assert "is there already. Choose a folder that is new or empty." in result.output
    inside = lab("init", str(ROOT / "copy"))
    assert "Choose a folder outside" in inside.output
    assert sorted(tmp_path.rglob("*")) == before


def test_a_copy_that_shares_the_packages_has_its_own_lab_in_its_own_python(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert lab("init", str(copy), "--share-packages").exit_code == 0
    assert git(copy, "status", "--porcelain") == ""
    programs = copy / ".venv" / "bin"
    code = "import lab, apps, pydantic; print(lab.__file__, *apps.__path__, sep='\\n')"
    shown = subprocess.run(
        [programs / "python", "-c", code], cwd="/", capture_output=True, text=True, check=True
    )
    assert shown.stdout.split() == [str(copy / "lab" / "__init__.py"), str(copy / "apps")]
    command = [str(programs / "lab"), "progress"]
    told = subprocess.run(command, cwd="/", capture_output=True, text=True, env={"PATH": "/bin"})
    assert told.returncode == 0, told.stderr
    assert "Passed: 0 of" in told.stdout
    assert shares_packages(copy)
    share_packages(copy)  # once more, as after a new set-up of the workbook
    assert (programs / "gunicorn").read_text(encoding="utf-8").startswith(f"#!{programs}/python")


def test_the_lab_of_one_copy_says_so_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LAB_WORKSPACE")
    (tmp_path / "copy" / "lab" / "exercises").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "copy")
    assert f"this `lab` belongs to {ROOT}" in not_here()
    assert f"For those in {tmp_path / 'copy'}" in lab("progress").stderr
    monkeypatch.chdir(tmp_path)
    assert not_here() == ""
    monkeypatch.chdir(ROOT / "notebooks")
    assert not_here() == ""


def test_whoever_has_no_name_in_git_can_commit_in_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    copy = tmp_path / "copy"
    assert lab("init", str(copy), "--name", "A learner").exit_code == 0
    git(copy, "commit", "--quiet", "--allow-empty", "--message", "by hand")
    assert git(copy, "log", "--format=%an").split() == ["Learner", "Learner"]

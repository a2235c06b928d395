"""Each drill shows its code, its copy fails the check as it is, and passes it when it is mended."""

from __future__ import annotations

import contextlib
from pathlib import Path

import psutil
import pytest

from lab.heroku import facts
from lab.heroku.drills import Drill, UnknownDrillError, drills, find, make, observe
from lab.heroku.drills.catalogue import WITHOUT
from lab.heroku.drills.observing import is_made_for
from lab.heroku.home import RehearsalError
from lab.heroku.scratch import commit_files

QUICK = ("H13",)  # tests/lab/heroku/drills/test_command.py has one of the build
SLUG = "dyno::slug-size"  # the platform has no reason code for it


@pytest.mark.parametrize("drill", drills(), ids=lambda one: one.called)
def test_it_shows_its_code_and_can_be_mended(drill: Drill, tmp_path: Path, long_form: bool) -> None:
    if drill.called not in QUICK and not long_form:
        pytest.skip("long form: all drills together take minutes")
    before = platforms()
    make(drill, tmp_path)
    broken = observe(drill, tmp_path, to_show=True)
    assert broken.shows(drill)
    assert broken.problems
    make(drill, tmp_path, mended=True)
    mended = observe(drill, tmp_path)
    assert mended.problems == []
    assert not mended.shows(drill)
    assert platforms() <= before


def platforms() -> set[psutil.Process]:
    """Return the rehearsals of this process: other tests may have one for all of their file."""
    found = set()
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "lab.heroku.platform" in " ".join(one.cmdline()):
                found.add(one)
    return found


def test_every_code_has_a_drill_or_a_reason_why_not() -> None:
    """Every one that the facts have; a new one there is missed here."""
    errors = {one.code for one in facts.buildpack().message if one.severity == "error"}
    assert {one.code for one in drills() if one.is_of_the_build} == errors | {SLUG}
    drilled = {one.code for one in drills() if not one.is_of_the_build}
    assert not drilled & WITHOUT.keys()
    assert drilled | WITHOUT.keys() == {one.code for one in facts.platform().code}
    names = [one.called for one in drills()]
    assert len(set(names)) == len(names)


def test_whoever_asks_for_a_drill_that_cannot_be_is_told_why() -> None:
    with pytest.raises(UnknownDrillError, match="before the first push"):
        find("h81")
    with pytest.raises(UnknownDrillError, match="It is a warning"):
        find("patch-update-available")


def test_a_wrong_answer_never_belongs_to_a_code_with_the_same_message() -> None:
    """The answer's reason says that the message is another one."""
    alike = find("no-version")
    assert alike.says == find("multiple-versions").says
    for drill in (one for one in drills() if one.is_of_the_build):
        same = {one.cause.right for one in drills() if one.says == drill.says}
        assert not same & drill.cause.wrong.keys()


@pytest.mark.parametrize("drill", drills(), ids=lambda one: one.called)
def test_questions_have_one_right_answer_among_four(drill: Drill) -> None:
    for question in (drill.cause, drill.cure):
        choices = question.choices("a seed")
        assert len(set(choices)) == len(choices) == 4
        assert question.right in choices
        assert choices == question.choices("a seed")
    assert drill.mended != drill.files


def test_a_drill_is_found_by_its_code_in_any_case_and_by_the_end_of_a_reason() -> None:
    assert find("h13").called == "H13"
    assert find("none-found").called == "package-manager::none-found"
    with pytest.raises(UnknownDrillError, match="Write the whole name"):
        find("invalid-version")
    with pytest.raises(UnknownDrillError, match="lab drill --list"):
        find("H99")


def test_a_copy_that_is_no_repository_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError):
        observe(find("H14"), tmp_path)


def test_only_a_copy_of_that_drill_is_taken_for_one(tmp_path: Path) -> None:
    make(find("H14"), tmp_path / "drill")
    commit_files({"thesis.md": "years of work"}, tmp_path / "other", "Begin")
    assert is_made_for(find("H14"), tmp_path / "drill")
    assert not is_made_for(find("H13"), tmp_path / "drill")
    assert not is_made_for(find("H14"), tmp_path / "other")
    assert not is_made_for(find("H14"), tmp_path)

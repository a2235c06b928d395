"""The list of releases is kept in a file, whole, and says what it does not have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lab.heroku.releases import FILE, KEPT, Release, ReleaseError, Releases


def add(
    releases: Releases, home: Path, *, build: int = 1, failed: bool = False, **config: str
) -> Release:
    """Make a release of some commit."""
    made = releases.draft(
        "Deploy abc",
        commit="abc",
        slug=home / "slugs" / str(build) / "app",
        environment=home / "environments" / "1",
        config=config,
        process_types={"web": "serve"},
    )
    made = replace(made, failed=failed)
    releases.keep(made)
    return made


def test_a_release_is_read_back_as_it_was_made(tmp_path: Path) -> None:
    """Another process finds it in the file, with its paths and its time."""
    assert Releases(tmp_path).current is None
    made = add(Releases(tmp_path), tmp_path, COLOUR="blue")
    assert Releases(tmp_path).current == made
    assert (made.name, made.created.tzname()) == ("v1", "UTC")


def test_numbers_go_on_and_a_failed_release_is_not_the_current_one(tmp_path: Path) -> None:
    """A release whose release phase failed keeps its number, and the one before runs on."""
    releases = Releases(tmp_path)
    first, second = add(releases, tmp_path), add(releases, tmp_path, failed=True)
    assert second.number == 2
    assert releases.current == first
    assert releases.find(2) == second


def test_a_release_that_is_not_there_is_an_error_with_those_that_are(tmp_path: Path) -> None:
    """So one sees what could have been meant."""
    releases = Releases(tmp_path)
    with pytest.raises(ReleaseError, match="none yet"):
        releases.find(3)
    add(releases, tmp_path)
    with pytest.raises(ReleaseError, match=r"no release v3. There are: v1\."):
        releases.find(3)


def test_a_list_that_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    """It is never overwritten: it may hold what somebody still wants."""
    (tmp_path / FILE).write_text("[{", encoding="utf-8")
    with pytest.raises(ReleaseError, match="Move it away"):
        add(Releases(tmp_path), tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "[{"


def test_the_newest_builds_are_kept(tmp_path: Path) -> None:
    """Config vars make releases of the same build. One that failed is none to go back to."""
    releases = Releases(tmp_path)
    (tmp_path / "environments" / "1").mkdir(parents=True)
    (tmp_path / "environments" / "of-long-ago").mkdir()
    last = KEPT + 2
    for build in range(1, last + 1):
        (tmp_path / "slugs" / str(build) / "app").mkdir(parents=True)
        made = add(releases, tmp_path, build=build, failed=build == last)
        again = add(releases, tmp_path, build=build, failed=build == last, COLOUR="blue")
    assert (made.is_there, again.is_there) == (True, True)
    releases.throw_away_old()
    kept = {int(folder.name) for folder in (tmp_path / "slugs").iterdir()}
    assert kept == set(range(2, last))
    assert len(kept) == KEPT
    assert [folder.name for folder in (tmp_path / "environments").iterdir()] == ["1"]
    assert len(releases.all()) == 2 * last
    assert not releases.find(1).is_there
    assert releases.current is not None
    assert releases.current.is_there

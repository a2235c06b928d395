"""A rehearsal's releases: config vars, rollback, the release phase; and its commands."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.cli import main
from lab.heroku import rehearsal, remote
from lab.heroku.home import RehearsalError
from lab.heroku.rehearsal import Rehearsal
from tests.lab.heroku.tiny import Tiny, get


@pytest.fixture
def typed(tiny: Tiny, stage: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """A terminal in the copy, whose app is deployed."""
    assert stage.releases()
    monkeypatch.chdir(tiny.folder)
    return Typed()


class Typed:
    """Runs `lab` commands."""

    def __call__(self, command: str) -> str:
        """Run a command that succeeds, and return what it prints."""
        result = self._run(command)
        assert result.exit_code == 0, result.output
        return result.output

    def fails(self, command: str) -> str:
        """Run a command that fails, and return what it prints."""
        result = self._run(command)
        assert result.exit_code not in {0, None}
        assert not isinstance(result.exception, RehearsalError)
        return result.output

    def _run(self, command: str) -> Result:
        return CliRunner().invoke(main, command.split())


def test_config_vars_make_releases_and_restart(typed: Typed, stage: Rehearsal) -> None:
    """The dyno has them in its environment, and no longer when they are unset."""
    before = stage.releases()[-1].number
    assert f"v{before + 1}" in typed("config set COLOUR=blue SIZE=a=b")
    assert json.loads(typed("config --json")) == {"COLOUR": "blue", "SIZE": "a=b"}
    variables = get(stage, "/environment")
    assert (variables["COLOUR"], variables["SIZE"]) == ("blue", "a=b")
    typed("config unset COLOUR")
    typed("config unset SIZE")
    assert "COLOUR" not in get(stage, "/environment")
    assert "No config var is set" in typed("config")
    stage.wait_for(f"app[api]: Release v{before + 3} created by user you")


def test_rollback_brings_code_and_config_back(typed: Typed, tiny: Tiny, stage: Rehearsal) -> None:
    """As a new release; the one gone back from stays in the list."""
    tiny.deploy(stage)
    then = stage.set_config({"COLOUR": "red"}).number
    stage.unset_config("COLOUR")
    tiny.deploy(stage, {"greeting.txt": "newer"})
    assert get(stage) == "newer"
    typed(f"rollback v{then}")
    assert get(stage) == "hello"
    assert stage.config == {"COLOUR": "red"}
    typed("rollback")  # to the one before
    assert get(stage) == "newer"
    assert stage.config == {}
    newest = typed("releases").splitlines()[0]
    assert f"Rollback to v{then + 2}" in newest
    assert newest.endswith("current")


def test_a_build_that_is_gone_cannot_be_gone_back_to(typed: Typed, stage: Rehearsal) -> None:
    """What to type instead is said: the commit is still there."""
    oldest = next(one for one in stage.releases() if one.commit and not one.failed)
    shutil.rmtree(oldest.slug, ignore_errors=True)
    said = typed.fails(f"rollback {oldest.name}")
    assert f"What was built for {oldest.name} is gone" in said
    assert f"git push --force heroku {oldest.commit[:8]}:refs/heads/main" in said


def test_a_failed_release_phase_keeps_the_old_release(tiny: Tiny, stage: Rehearsal) -> None:
    """The push counts all the same, and the command's output reaches the pusher."""
    tiny.deploy(stage, {"greeting.txt": "old"})
    procfile = "release: echo migrating $SHELL_TEST; exit {}\nweb: python app.py\n"
    push = tiny.deploy(stage, {"Procfile": procfile.format(3), "greeting.txt": "new"})
    assert push.accepted
    assert "migrating" in push.output
    assert "Release command failed." in push.output
    assert stage.releases()[-1].failed
    assert get(stage) == "old"
    push = tiny.deploy(stage, {"Procfile": procfile.format(0), "greeting.txt": "new"})
    assert "Release command succeeded." in push.output
    assert get(stage) == "new"
    # It runs for a change of config vars as well.
    told: list[str] = []
    stage.set_config({"SHELL_TEST": "tables"}, told.append)
    assert "  migrating tables" in told
    stage.unset_config("SHELL_TEST")


def test_scale_and_ps(typed: Typed, stage: Rehearsal) -> None:
    """Two dynos take turns; none of them gives a 503; ps tells each."""
    stage.wait_until_up()
    typed("scale web=2")
    stage.wait_until_up()
    assert [one["name"] for one in json.loads(typed("ps --json"))] == ["web.1", "web.2"]
    assert {get(stage, "/environment")["DYNO"] for _ in range(40)} == {"web.1", "web.2"}
    lines = len([line for line in stage.lines(dyno="web.2") if "Restarting" in line])
    assert "Restarting web.2" in typed("ps --restart --dyno web.2")
    stage.wait_for("heroku[web.2]: Restarting", times=lines + 1)
    typed("scale web=1")
    assert typed("ps").startswith("web.1: ")


def test_what_is_wrong_is_said(typed: Typed, stage: Rehearsal) -> None:
    """With what there is instead."""
    assert "of the form web=2" in typed.fails("scale web")
    assert "no process type 'wob'" in typed.fails("scale wob=1")
    assert "runs once for each release" in typed.fails("scale release=1")
    assert "no dyno 'web.9'" in typed.fails("ps --restart --dyno web.9")
    assert "NAME=VALUE" in typed.fails("config set COLOUR")
    assert "no digit first" in typed.fails("config set 1COLOUR=x")
    assert "COLOUR is not set. Set are: none." in typed.fails("config unset COLOUR")
    assert "no release v999" in typed.fails("rollback v999")
    assert "of the form v3" in typed.fails("rollback three")
    assert f"runs already, at {stage.url}" in typed.fails("rehearse")
    stage.home.formation.unlink(missing_ok=True)
    stage.home.formation.mkdir()  # so that it cannot be written
    assert "could not do that: [Errno 21]" in typed.fails("scale web=1")
    stage.home.formation.rmdir()


def test_without_a_rehearsal_each_command_says_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No command hangs, and none has a traceback."""
    monkeypatch.chdir(tmp_path)
    typed = Typed()
    for command in ("ps", "scale web=1", "config", "config set A=b", "releases", "rollback v1"):
        assert "lab rehearse" in typed.fails(command)
    assert "is no Git repository" in typed.fails("rehearse")


def test_what_ran_runs_again_after_a_stop(tmp_path: Path) -> None:
    """Releases, config vars and the number of dynos are kept.

    A push without a rehearsal is refused, and says why. A copy that was moved meanwhile is built
    anew at its new place.
    """
    tiny = Tiny(tmp_path / "copy")
    with rehearsal.start(tiny.folder) as stage:
        before = stage.set_config({"COLOUR": "green"})  # nothing is deployed yet
        assert before.number == 1
        assert tiny.deploy(stage).accepted
        stage.scale(web=2)
        with pytest.raises(RehearsalError, match="runs already"):
            rehearsal.start(tiny.folder)
    tiny.commit({"greeting.txt": "later"})
    said = tiny.git("push", "heroku", "main", check=False)
    assert "Start one in another terminal: lab rehearse" in said
    with rehearsal.start(tiny.folder) as stage:
        assert [one["name"] for one in stage.ps()] == ["web.1", "web.2"]
        assert get(stage) == "hello"
        assert get(stage, "/environment")["COLOUR"] == "green"
        assert stage.push().accepted
        assert get(stage) == "later"
    assert tiny.git("status", "--porcelain") == ""
    tiny.folder = tiny.folder.rename(tmp_path / "moved")
    with rehearsal.start(tiny.folder) as stage:
        stage.wait_for("is no longer at")
        assert tiny.deploy(stage, {"greeting.txt": "moved"}).accepted
        assert get(stage) == "moved"


def test_two_platforms_never_share_a_folder(stage: Rehearsal) -> None:
    """Also where the second has not looked: it would throw the dynos of the first away."""
    command = rehearsal.command(stage.home, 1)
    done = subprocess.run(command, capture_output=True, text=True, env=rehearsal.variables())
    assert done.returncode == 1
    assert "A rehearsal runs already" in done.stderr
    assert stage.ps()
    stage.home.must_run()


def test_a_copy_without_its_history_is_told_to_fetch_it(tiny: Tiny, tmp_path: Path) -> None:
    """Git refuses to push from a shallow clone, there as here."""
    tiny.commit()
    tiny.commit({"greeting.txt": "so that there is a history to be without"})
    shallow = tmp_path / "shallow"
    tiny.git("clone", "--quiet", "--depth", "1", tiny.folder.as_uri(), str(shallow))
    name = rehearsal.prepare(shallow)[2]
    push = remote.push(shallow, name)
    assert not push.accepted
    assert "git fetch --unshallow" in push.advice, push.output


def test_another_remote_of_that_name_is_left_alone(tmp_path: Path) -> None:
    """Whoever has a real app keeps its remote."""
    tiny = Tiny(tmp_path / "copy")
    tiny.git("remote", "add", "heroku", "https://git.example.test/app.git")
    root, home, name = rehearsal.prepare(tiny.folder, tmp_path / "home")
    assert (root, name) == (tiny.folder, "rehearsal")
    assert tiny.git("remote", "get-url", "heroku").strip() == "https://git.example.test/app.git"
    assert tiny.git("remote", "get-url", "rehearsal").strip() == str(home.remote)
    assert rehearsal.prepare(tiny.folder, tmp_path / "home")[2] == "rehearsal"

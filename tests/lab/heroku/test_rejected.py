"""A push that Git itself rejects is told from one that has nothing to send, and is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.heroku.rejected import Pushed, pushed_by, why
from tests.lab.heroku.tiny import Tiny

SUBTREE = ["/bin/sh", "/usr/lib/git-core/git-subtree", "push", "--prefix", "svc/", "heroku", "main"]
SHELL = ["/bin/sh", "-c", "receive-pack 'remote.git'"]


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        ("git push heroku main", Pushed("main")),
        ("/usr/bin/git push --quiet heroku HEAD:refs/heads/main", Pushed("HEAD")),
        ("git push -o x heroku feature:main", Pushed("feature")),
        ("git -C copy push heroku main", Pushed("main")),
        ("git push", Pushed("HEAD")),
        ("git push heroku", Pushed("HEAD")),
        ("git push --force heroku main", None),
        ("git push heroku +main", None),
        ("git push heroku feature", None),
        ("git fetch heroku", None),
    ],
)
def test_what_is_pushed_is_read_from_the_command(command: str, sent: Pushed | None) -> None:
    assert pushed_by([SHELL, command.split(), ["bash"]]) == sent


def test_a_folder_is_known_by_the_command_that_splits_it_off() -> None:
    push = ["git", "push", "heroku", "478a9f7:refs/heads/main"]
    assert pushed_by([push, SUBTREE, ["git", *SUBTREE[2:]]]) == Pushed("478a9f7", "svc")


def test_only_another_history_is_a_reason(tmp_path: Path) -> None:
    """A push of the same, of what follows, or of what is not there, is not Git's rejection."""
    tiny = Tiny(tmp_path / "copy")
    remote = tmp_path / "remote.git"
    tiny.git("init", "--quiet", "--bare", "--template=", str(remote))
    assert why(tiny.folder, remote, "heroku", Pushed("HEAD")) == ""  # nothing was pushed yet
    tiny.git("push", "--quiet", str(remote), "HEAD:refs/heads/main")
    assert why(tiny.folder, remote, "heroku", Pushed("HEAD")) == ""
    assert why(tiny.folder, remote, "heroku", Pushed("absent")) == ""
    tiny.commit({"greeting.txt": "later"})
    assert why(tiny.folder, remote, "heroku", Pushed("HEAD")) == ""
    tiny.git("checkout", "--quiet", "--orphan", "other")
    tiny.commit({"greeting.txt": "other"})
    said = why(tiny.folder, remote, "heroku", Pushed("HEAD"))
    assert "git push --force heroku HEAD:main" in said
    said = why(tiny.folder, remote, "heroku", Pushed("HEAD", "svc"))
    assert "$(git subtree split --prefix svc HEAD):refs/heads/main" in said

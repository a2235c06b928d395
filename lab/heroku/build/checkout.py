"""The files of a commit as a slug has them: nothing that was not committed, nothing ignored."""

from __future__ import annotations

import os
from pathlib import Path

from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.git import git


def check_out(files: Committed, folder: Path) -> None:
    """Write the files of a commit into a new folder, without those that .slugignore names."""
    folder.mkdir(parents=True)
    repository = git(files.repository, "rev-parse", "--absolute-git-dir").decode()
    # An index of its own: the repository is left as it is, and needs no working files.
    variables = {
        **os.environ,
        "GIT_DIR": repository.removesuffix("\n"),
        "GIT_INDEX_FILE": str(folder.parent / "index"),
        "GIT_WORK_TREE": str(folder),
        # The platform knows nothing of this user's own settings.
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    git(files.repository, "read-tree", files.commit, environment=variables)
    git(files.repository, "checkout-index", "--all", "--quiet", environment=variables)
    (folder.parent / "index").unlink()
    for path in files.left_out:
        (folder / path).unlink(missing_ok=True)
    _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    for place, _, _ in os.walk(folder, topdown=False):
        if Path(place) != folder and not os.listdir(place):  # noqa: PTH208 - a walk is of strings
            Path(place).rmdir()

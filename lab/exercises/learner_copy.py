"""A learner's own copy of the workbook: `lab init`."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
from dataclasses import asdict
from pathlib import Path

from lab.exercises import store
from lab.exercises.catalogue import ROOT, exercises
from lab.exercises.separate import is_stub
from lab.exercises.shared_packages import share_packages
from lab.exercises.workspace import answer_file

# In the project these are nobody's; in a learner's own copy they belong to the history.
LEARNERS_OWN = ("progress*.json", "*.kept-*.py")

# Who commits, where Git knows nobody on this machine.
STAND_IN = {"user.name": "Learner", "user.email": "learner@localhost"}


class CopyError(RuntimeError):
    """No copy was made. Says why and what to do."""


def make_copy(directory: Path, *, learner: str = "", shared: bool = False) -> None:
    """Make a Git repository in a new folder: the workbook as committed, and the learner's work.

    With `shared`, the copy uses the packages that are installed here.

    Raises:
        CopyError: when the folder is not new, or this is no Git checkout.
    """
    directory = directory.resolve()
    if directory.is_relative_to(ROOT):
        raise CopyError(f"{directory} lies inside the workbook. Choose a folder outside {ROOT}.")
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CopyError(f"{directory} is there already. Choose a folder that is new or empty.")
    # In a class the workbook belongs to the instructor: Git reads nobody else's without being told.
    archive = _git(ROOT, "-c", f"safe.directory={ROOT}", "archive", "--format=tar", "HEAD")
    new = not directory.exists()
    directory.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            # Python has this filter from 3.11.4 on, and the archive is Git's own.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(directory)
        _take_along(directory, learner)
        _first_commit(directory)
        if shared:
            _share_packages(directory)
    except BaseException:
        shutil.rmtree(directory)
        if not new:
            directory.mkdir()
        raise


def _take_along(directory: Path, learner: str) -> None:
    ignored = directory / ".gitignore"
    lines = ignored.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line not in LEARNERS_OWN]
    ignored.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for exercise in exercises():
        file = answer_file(exercise)
        if file.exists() and not is_stub(exercise, file.read_text(encoding="utf-8")):
            target = directory / "exercises" / exercise.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    progress = store.load()
    progress.learner = learner or progress.learner
    fields = {"format": store.FORMAT, **asdict(progress)}
    text = json.dumps(fields, indent=2) + "\n"
    (directory / store.progress_file().name).write_text(text, encoding="utf-8")


def _first_commit(directory: Path) -> None:
    _git(directory, "init", "--quiet", "--initial-branch", "main")
    _git(directory, "add", "--all")
    if not _git(directory, "config", "--default", "", "user.email").strip():
        # Git refuses to commit for somebody without a name: the learner's own commits too.
        for name, value in STAND_IN.items():
            _git(directory, "config", name, value)
    _git(directory, "commit", "--quiet", "--message", "My copy of Served Twice")


def _share_packages(directory: Path) -> None:
    try:
        share_packages(directory)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CopyError(
            f"The copy cannot share the packages of {sys.prefix}: {error}.\n"
            "Leave --share-packages out, and the copy gets a set-up of its own."
        ) from error


def _git(directory: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(directory), *arguments]
    try:
        answer = subprocess.run(command, capture_output=True)
    except FileNotFoundError as error:
        raise CopyError("There is no program 'git' here. Install Git, then try again.") from error
    if answer.returncode:
        raise CopyError(
            f"'git {' '.join(arguments)}' failed in {directory}:\n"
            f"{answer.stderr.decode().strip()}\n"
            "A copy is made from a Git checkout of the workbook: get it with git clone."
        )
    return answer.stdout

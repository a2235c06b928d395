"""Why Git sends nothing at a push: said on the pusher's terminal, where the reason is known.

Git compares the two histories itself, and rejects a push before any hook of the other side runs.
Its advice, a pull, cannot help there. Run as `python -m lab.heroku.rejected COPY REPOSITORY REMOTE
PID` by the script that receives a push: the command that pushes is among the parents of PID.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from lab.heroku import remote
from lab.heroku.preflight.git import NoRepositoryError, git

WITH_VALUE = {"-o", "--push-option", "--receive-pack", "--exec", "--repo", "--recurse-submodules"}
FORCE = {"-f", "--force", "--mirror", "-d", "--delete"}


@dataclass(frozen=True)
class Pushed:
    """What a push would send: a commit's name, and the folder that git subtree made it from."""

    source: str
    prefix: str = ""


def pushed_by(commands: Sequence[Sequence[str]]) -> Pushed | None:
    """Return what is pushed to main, by the command that pushes and those that have started it."""
    found = None
    for words in commands:
        names = [word.rpartition("/")[2] for word in words]
        if found is None and names[:1] == ["git"] and "push" in names and "subtree" not in names:
            found = _source(words[names.index("push") + 1 :])
            if found is None:
                return None
        elif found and "git-subtree" in names:
            return Pushed(found, _prefix(words))
    return Pushed(found) if found else None


def why(copy: Path, repository: Path, remote_name: str, sent: Pushed) -> str:
    """Return why Git rejects this push, or nothing where it does not."""
    try:
        before = git(repository, "rev-parse", "--verify", "--quiet", "refs/heads/main").strip()
        now = git(copy, "rev-parse", "--verify", "--quiet", f"{sent.source}^{{commit}}").strip()
    except NoRepositoryError:  # nothing was pushed yet, or Git has said that there is no such thing
        return ""
    if before == now:
        return ""
    try:
        git(copy, "merge-base", "--is-ancestor", before.decode(), now.decode())
    except NoRepositoryError:
        return remote.other_history(remote_name, sent.prefix)
    return ""


def _source(arguments: Sequence[str]) -> str | None:
    """Return what is pushed to main, or None where it is nothing, or not to be compared."""
    names, words = [], iter(arguments)
    for word in words:
        if word in FORCE:
            return None
        if word in WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            names.append(word)
    for reference in names[1:] or ["HEAD:main"]:
        source, _, target = reference.partition(":")
        if (target or source).removeprefix("refs/heads/") in {"main", "master"}:
            return source if not source.startswith("+") else None
    return None


def _prefix(words: Sequence[str]) -> str:
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word in {"--prefix", "-P"}:
            return after.strip("/")
        if word.startswith("--prefix="):
            return word.removeprefix("--prefix=").strip("/")
    return ""


def main() -> None:
    """Say it."""
    copy, repository, remote_name, pid = sys.argv[1:]
    commands = []
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(int(pid))
        commands = [one.cmdline() for one in (process, *process.parents())]
    sent = pushed_by(commands)
    if sent and (text := why(Path(copy), Path(repository), remote_name, sent)):
        sys.stdout.write(f"\nGit rejects this push. {text}\n\n")


if __name__ == "__main__":
    main()

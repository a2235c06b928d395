"""Rules for what lies in the folder and is not committed, and so is not pushed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lab.heroku import facts
from lab.heroku.preflight import slugignore
from lab.heroku.preflight.committed import Committed, prefix_of
from lab.heroku.preflight.finding import COMMIT, Finding
from lab.heroku.preflight.git import NoRepositoryError, git, names

# Whose absence from the commit has a rule of its own.
WITH_A_RULE = {"Procfile", "requirements.txt"}


def uncommitted(repository: Path) -> frozenset[str]:
    """Return the files that differ from the commit, and the two ignored ones that would matter."""
    prefix = prefix_of(repository)
    try:
        answer = git(
            repository, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "."
        )
    except NoRepositoryError:  # a bare repository has no folder to differ
        return frozenset()
    entries, found = iter(names(answer)), set()
    for entry in entries:
        state, path = entry[:2], entry[3:]
        if "R" in state or "C" in state:
            next(entries, None)  # the name before
        found.add(path.removeprefix(prefix))
    hidden = git(repository, "ls-files", "--others", "-z", "--", *sorted(WITH_A_RULE))
    return frozenset(found) | frozenset(names(hidden))


def submodules(files: Committed) -> Iterator[Finding]:
    """Repositories within this one: the commit does not have what is in them."""
    if not files.submodules:
        return
    known = facts.platform().submodules
    one = len(files.submodules) == 1
    yield Finding(
        "copy::submodules",
        "warning",
        f"{', '.join(files.submodules)} {'is a submodule' if one else 'are submodules'}.",
        f"A commit holds only where a submodule stands. Of Heroku it is known ({known.date}): "
        f"{known.means}. It needs an address that can be read without your keys. Nothing of it was "
        "looked at here, and the rehearsal leaves it out.",
        "Nothing has to be done for a push to Heroku. To have it in the rehearsal too, take the "
        "files themselves in:\n"
        f"  git rm --cached {files.submodules[0]} && rm -rf {files.submodules[0]}/.git\n"
        f"  git add {files.submodules[0]}{COMMIT}",
    )


def changes(files: Committed, changed: frozenset[str]) -> Iterator[Finding]:
    """Changes that the slug would hold if they were committed."""
    asked = {path for path in changed if path not in WITH_A_RULE or path in files}
    left = sorted(asked - slugignore.dropped(files.text(slugignore.NAME), asked))
    if not left:
        return
    more = f" and {len(left) - 5} more" if len(left) > 5 else ""
    number = "One change is" if len(left) == 1 else f"{len(left)} changes are"
    yield Finding(
        "copy::uncommitted-changes",
        "warning",
        f"{number} not committed.",
        f"Only what is committed is pushed; these are not: {', '.join(left[:5])}{more}. All that "
        "is said here is about the commit.",
        'To deploy them too, run:\n  git add --all && git commit -m "What I changed"',
    )

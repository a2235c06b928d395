"""Rules for what lies in the folder and is not committed, and so is not pushed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lab.heroku.preflight import slugignore
from lab.heroku.preflight.committed import Committed, prefix_of
from lab.heroku.preflight.finding import Finding
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

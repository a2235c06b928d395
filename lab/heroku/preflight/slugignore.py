"""`.slugignore`: which committed files stay out of the slug."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lab.heroku.preflight.git import git, names

NAME = ".slugignore"
# Heroku keeps these whatever the file says.
KEPT = frozenset({"requirements.txt", "Procfile"})


def dropped(patterns: str, paths: Iterable[str]) -> frozenset[str]:
    """Return those paths that a .slugignore with this text leaves out of the slug.

    The syntax is that of .gitignore without negation, so Git itself decides, in an empty
    repository that is thrown away.
    """
    lines = [line for line in patterns.splitlines() if not line.lstrip().startswith("!")]
    asked = [path for path in paths if path not in KEPT]
    if not asked or not any(line.strip() and not line.startswith("#") for line in lines):
        return frozenset()
    # Inside a Git hook these variables would point to the repository that is pushed to.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    with tempfile.TemporaryDirectory() as folder:
        git(Path(folder), "init", "--quiet", "--template=", environment=environment)
        (Path(folder) / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
        answer = git(
            Path(folder),
            *("-c", f"core.excludesFile={os.devnull}", "check-ignore"),
            *("--no-index", "-z", "--stdin"),
            stdin=b"\0".join(os.fsencode(path) for path in asked),
            statuses=(0, 1),  # 1: none of them is ignored
            environment=environment,
        )
    return frozenset(names(answer))

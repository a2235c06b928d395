"""The repository that one pushes to, the copy's remote for it, and what a failed push means."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lab.heroku.control import silent
from lab.heroku.home import NAME, Home, RehearsalError
from lab.heroku.preflight import NoRepositoryError
from lab.heroku.preflight.git import git

ROOT = Path(__file__).parents[2]
REMOTES = ("heroku", "rehearsal")

HOOK = """\
#!/bin/sh
# Written by lab rehearse: builds what is pushed, or refuses it.
cd "$(git rev-parse --absolute-git-dir)" || exit 1
: > {came}
PYTHONPATH={root} exec {python} -P -m lab.heroku.build.receive {home}
"""

RECEIVE_PACK = """\
#!/bin/sh
# Written by lab rehearse: receives a push, and explains why Git has refused to send one.
rm -f {came}
git receive-pack "$@"
status=$?
[ -e {came} ] || PYTHONPATH={root} {python} -P -m lab.heroku.rejected \\
    {copy} {remote} {name} $PPID >&2
exit $status
"""


@dataclass(frozen=True)
class Push:
    """What came of a push: whether Git took it, what it said, and what to do where it did not."""

    accepted: bool
    output: str
    advice: str = ""

    def __str__(self) -> str:
        return "\n".join(filter(None, [self.output.rstrip(), self.advice]))


def root_of(folder: Path) -> Path:
    """Return the root of the repository in which a folder lies.

    Raises:
        RehearsalError: when it is in none.
    """
    try:
        top = git(folder, "rev-parse", "--show-toplevel").decode().removesuffix("\n")
    except NoRepositoryError as error:
        raise RehearsalError(
            f"{folder} is no Git repository, and a deploy is a git push.\n"
            "Run: git init && git add --all && git commit"
        ) from error
    return Path(top)


def set_up(copy: Path, home: Home) -> str:
    """Make the repository to push to and the copy's remote for it; return the remote's name.

    What is there already is kept.
    """
    home.folder.mkdir(parents=True, exist_ok=True)
    if not (home.remote / "HEAD").exists():
        # No template: a user's own hooks would run here.
        branch = ("--initial-branch", "main")
        git(home.folder, "init", "--quiet", "--bare", "--template=", *branch, str(home.remote))
    _ignore(copy, home)
    name = _add_remote(copy, home)
    (home.folder / "remote.txt").write_text(name + "\n", encoding="utf-8")
    _write_scripts(copy, home, name)
    return name


def _write_scripts(copy: Path, home: Home, name: str) -> None:
    """Write what Git runs at a push: for the Python and the lab that run now."""
    came = shlex.quote(str(home.folder / "came"))
    hook, receive = home.remote / "hooks" / "pre-receive", home.folder / "receive-pack"
    hook.parent.mkdir(exist_ok=True)
    root, python, place = (shlex.quote(str(one)) for one in (ROOT, sys.executable, home.folder))
    hook.write_text(HOOK.format(came=came, root=root, python=python, home=place), encoding="utf-8")
    receive.write_text(
        RECEIVE_PACK.format(
            came=came,
            root=root,
            python=python,
            copy=shlex.quote(str(copy)),
            remote=shlex.quote(str(home.remote)),
            name=name,
        ),
        encoding="utf-8",
    )
    for script in (hook, receive):
        script.chmod(0o755)
    git(copy, "config", f"remote.{name}.receivepack", shlex.quote(str(receive)))


def _ignore(copy: Path, home: Home) -> None:
    """Keep the rehearsal out of the copy's commits, without a change to a file of the copy."""
    if not home.folder.is_relative_to(copy):
        return
    place = git(copy, "rev-parse", "--git-path", "info/exclude").decode().removesuffix("\n")
    file = copy / place
    file.parent.mkdir(parents=True, exist_ok=True)
    known = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    line = f"/{home.folder.relative_to(copy).as_posix()}/"
    if line not in known:
        file.write_text("\n".join([*known, line]) + "\n", encoding="utf-8")


def _add_remote(copy: Path, home: Home) -> str:
    url = str(home.remote)
    for name in REMOTES:
        found = git(copy, "config", "--default", "", f"remote.{name}.url").decode().strip()
        if found == url:
            return name
        if not found:
            git(copy, "remote", "add", name, url)
            return name
        if found.endswith(f"/{NAME}/remote.git") and not Path(found).exists():
            git(copy, "remote", "set-url", name, url)  # the copy has been moved
            return name
    raise RehearsalError(
        f"Both names for the remote, {' and '.join(REMOTES)}, are taken in {copy}.\n"
        "Free one: git remote rename rehearsal another"
    )


def push(
    copy: Path, remote: str, *, prefix: str = "", tell: Callable[[str], None] = silent
) -> Push:
    """Push what is committed, or with a prefix that folder of it, to be built.

    `tell` gets each line of what Git says as soon as it comes.
    """
    if prefix:
        arguments = ["subtree", "push", "--prefix", prefix.strip("/"), remote, "main"]
    else:
        arguments = ["push", remote, "HEAD:refs/heads/main"]
    lines = []
    with subprocess.Popen(
        ["git", "-C", str(copy), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=variables(),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            tell(lines[-1])
    output = "\n".join(lines)
    if process.returncode == 0:
        return Push(True, output)
    return Push(False, output, explain(copy, remote, output, prefix))


def variables() -> dict[str, str]:
    """Return this process's variables, without those of a Git command that it may be part of.

    Git speaks English then, which `explain` reads.
    """
    own = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {**kept, "LC_ALL": "C"}


def explain(copy: Path, remote: str, output: str, prefix: str = "") -> str:
    """Return what a failed push means and what to type, or nothing where it says so itself."""
    if "non-fast-forward" in output or "[rejected]" in output:
        return other_history(remote, prefix)
    if "shallow update not allowed" in output:
        return (
            "This copy was cloned without its history, and Heroku does not take such a push "
            "either.\nFetch the history first: git fetch --unshallow"
        )
    if "use 'git subtree add'" in output or ("does not exist" in output and prefix):
        folders = sorted(_folders(copy))
        there = f" Folders with a requirements.txt: {', '.join(folders)}." if folders else ""
        return f"The folder {prefix} is not in the commit.{there}"
    if "toplevel of the working tree" in output:
        return f"git subtree works from the top folder alone. First type:\n  cd {copy}"
    if "does not appear to be a git repository" in output:
        return f"The remote {remote} is not there. Start a rehearsal: lab rehearse"
    if "src refspec" in output:
        return "Nothing is committed on that branch. First: git add --all && git commit"
    return ""


def other_history(remote: str, prefix: str = "") -> str:
    """Return what it means that Git knows no way from what was pushed before to this push."""
    other = "the whole repository or another folder" if prefix else "a folder of it"
    return (
        "What was pushed before is not part of this history:\n"
        f"a commit was amended or taken back since, or {other} was pushed before.\n"
        "A pull, which Git advises, cannot mend that.\n"
        f"To deploy what you have now in its place, type:\n  {forced(remote, prefix)}"
    )


def forced(remote: str, prefix: str = "") -> str:
    """Return the command that pushes although the history is another one."""
    if prefix:
        split = f'"$(git subtree split --prefix {shlex.quote(prefix)} HEAD):refs/heads/main"'
        return f"git push --force {remote} {split}"
    return f"git push --force {remote} HEAD:main"


def _folders(copy: Path) -> set[str]:
    listed = git(copy, "ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0")
    return {path.rpartition("/")[0] for path in listed if path.endswith("/requirements.txt")}

"""Accounts for the learners of a trial, which exist for this trial's processes alone.

Root may have a view of the file system of its own (a mount namespace). In it, two files that name
more accounts lie over /etc/passwd and /etc/group. Nothing on the disk changes, and the view is gone
when the trial ends.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

INSIDE: Final = "TRY_HUB_ACCOUNTS"  # set in the process that has the view
FIRST_ID: Final = 64_001  # above what systems give to people, below the "nobody" of most
GROUP: Final = "learners"


def possible() -> str:
    """Return why there can be no accounts of their own; empty when there can."""
    if os.geteuid() != 0:
        return "this is not root"
    if shutil.which("unshare") is None or shutil.which("setpriv") is None:
        return "there is no program unshare or setpriv here"
    someone = ["setpriv", f"--reuid={FIRST_ID}", f"--regid={FIRST_ID}", "--clear-groups"]
    tried = subprocess.run([*someone, sys.executable, "-c", "import jupyterhub, lab"], cwd="/")
    return f"other accounts cannot run {sys.executable}" if tried.returncode else ""


def enter(folder: Path, names: list[str]) -> int:
    """Run this program once more, where the accounts exist; return its exit status."""
    passwd, group = folder / "passwd", folder / "group"
    lines = [Path("/etc/passwd").read_text(encoding="utf-8").rstrip()]
    for number, name in enumerate(names, start=FIRST_ID):
        lines.append(f"{name}:x:{number}:{number}::{home(folder, name)}:/bin/sh")
        home(folder, name).mkdir(mode=0o700, parents=True)
        os.chown(home(folder, name), number, number)
    passwd.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [Path("/etc/group").read_text(encoding="utf-8").rstrip()]
    lines += [f"{name}:x:{number}:" for number, name in enumerate(names, start=FIRST_ID)]
    lines.append(f"{GROUP}:x:{FIRST_ID + len(names)}:{','.join(names)}")
    group.write_text("\n".join(lines) + "\n", encoding="utf-8")
    again = shlex.join([sys.executable, "-m", "tools.try_hub", *sys.argv[1:]])
    script = (
        f"mount --bind {shlex.quote(str(passwd))} /etc/passwd && "
        f"mount --bind {shlex.quote(str(group))} /etc/group && exec {again}"
    )
    variables = {**os.environ, INSIDE: str(folder)}
    return subprocess.run(["unshare", "--mount", "sh", "-c", script], env=variables).returncode


def home(folder: Path, name: str) -> Path:
    """Return a learner's home in the folder of a trial."""
    return folder / "homes" / name

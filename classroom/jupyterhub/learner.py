"""Start one learner's JupyterLab. JupyterHub runs this as that learner, in that learner's home.

At the first visit it makes the learner's own copy of the workbook. The copy shares the installed
packages; its answers, its progress and its Git history are the learner's alone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

COPY = Path.home() / "served-twice"
# It is made here first: whoever stops the server meanwhile leaves no half of a copy in its place.
PART = COPY.with_name("served-twice.part")
JUPYTER = Path.home() / ".local" / "share" / "served-twice"  # for what JupyterLab is to find first


def main() -> None:
    """Make what is missing, then become the learner's JupyterLab."""
    # The instructor's own answers and progress, if there are any, are not for the copies.
    os.environ["LAB_WORKSPACE"] = str(COPY)
    from lab.exercises.learner_copy import make_copy
    from lab.exercises.shared_packages import ENVIRONMENT, share_packages, shares_packages

    if not (COPY / ".git").exists():
        shutil.rmtree(PART, ignore_errors=True)
        make_copy(PART, learner=os.environ.get("JUPYTERHUB_USER", ""))
        PART.rename(COPY)
    if shares_packages(COPY) or not (COPY / ENVIRONMENT / ".ready").exists():
        share_packages(COPY)  # the instructor may have set up anew since the last visit
    _write_kernel(COPY / ENVIRONMENT / "bin" / "python")

    variables = dict(os.environ)
    del variables["LAB_WORKSPACE"]
    variables["JUPYTER_PATH"] = str(JUPYTER)
    path = [str(COPY / ENVIRONMENT / "bin"), variables.get("PATH", os.defpath)]
    variables["PATH"] = os.pathsep.join(path)  # so that a terminal finds `lab`
    os.chdir(COPY)
    # JupyterLab itself runs in the class's Python: whatever becomes of the copy, it starts.
    command = [sys.executable, "-P", "-m", "jupyterhub.singleuser", *sys.argv[1:]]
    os.execve(sys.executable, command, variables)


def _write_kernel(python: Path) -> None:
    """Let notebooks run in the Python of the copy."""
    file = JUPYTER / "kernels" / "python3" / "kernel.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    fields = {"argv": command, "display_name": "Python 3 (Served Twice)", "language": "python"}
    file.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

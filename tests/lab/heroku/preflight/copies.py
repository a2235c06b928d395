"""A small project as a Git repository: it deploys as it is, and a test breaks one thing in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

MAIN = '''"""The app."""

from typing import TYPE_CHECKING

from fastapi import FastAPI

from apps.prices import model

if TYPE_CHECKING:
    import pandas

try:
    import orjson
except ImportError:
    orjson = None

app = FastAPI()
'''

FILES = {
    "Procfile": "web: uvicorn apps.api.main:app --host 0.0.0.0 --port $PORT "
    "--timeout-keep-alive 95 --log-config apps/logging.json\n",
    "runtime.txt": "python-3.13\n",
    "requirements.txt": f"fastapi=={version('fastapi')}\nuvicorn=={version('uvicorn')}\n",
    ".slugignore": "# not deployed\n/tests\n*.ipynb\n",
    "app.json": '{"stack": "heroku-24", "buildpacks": [{"url": "heroku/python"}]}',
    "apps/__init__.py": "",
    "apps/logging.json": "{}",
    "apps/api/__init__.py": "",
    "apps/api/main.py": MAIN,
    "apps/prices/__init__.py": "",
    "apps/prices/model.py": "import json\n",
    "tests/test_main.py": "import pytest\n",
}


class Copy:
    """A project in a folder of its own, with what it takes to change and to commit it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    def replace(self, path: str, old: str, new: str) -> None:
        """Change a text in a file; it must be there."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def remove(self, path: str) -> None:
        """Remove a file or a folder."""
        place = self.folder / path
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()

    def rename(self, old: str, new: str) -> None:
        """Give a file another name."""
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def git(self, *arguments: str) -> str:
        """Run Git, with no settings but the test's own."""
        who = [
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@localhost",
            "-c",
            "core.autocrlf=false",
        ]
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", *who, "-C", str(self.folder), *arguments]
        answer = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        )
        return answer.stdout

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")

"""A project of three files, of which none needs a package: it builds and starts in a second."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from lab.heroku.rehearsal import Rehearsal
from lab.heroku.remote import Push

APP = """
import http.server
import json
import os
import pathlib
import sys

PLACES = {
    "/": lambda: pathlib.Path("greeting.txt").read_text().strip(),
    "/environment": lambda: dict(os.environ),
    "/files": lambda: sorted(str(path) for path in pathlib.Path(".").rglob("*") if path.is_file()),
    "/packages": lambda: __import__("tiny_package").NAME,
    "/stain": lambda: pathlib.Path(sys.prefix, "stain").touch(),
    "/stained": lambda: pathlib.Path(sys.prefix, "stain").exists(),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(PLACES[self.path]()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""

FILES: Mapping[str, str] = {
    "Procfile": "web: python app.py\n",
    "requirements.txt": "# nothing\n",
    ".python-version": "3.13\n",
    "app.py": APP,
    "greeting.txt": "hello\n",
}

Files = Mapping[str, str | bytes | None]


class Tiny:
    """The project as a Git repository. What is pushed is always the whole of it, anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--template=", "--initial-branch", "main")
        self.commit()

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run Git with no settings but the test's own; return all that it says."""
        who = ("-c", "user.name=Test", "-c", "user.email=test@localhost")
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *who, "-C", str(self.folder), *arguments],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert not check or done.returncode == 0, done.stdout
        return done.stdout

    def write(self, files: Files) -> None:
        """Make the project what it is at first, but for these files; None leaves one out."""
        for place in self.folder.iterdir():
            if place.name in {".git", ".rehearsal"}:
                continue
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        for path, content in {**FILES, **files}.items():
            if content is None:
                continue
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Files | None = None) -> str:
        """Commit the project with these changes, and return the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")
        return self.git("rev-parse", "HEAD").strip()

    def deploy(self, stage: Rehearsal, files: Files | None = None) -> Push:
        """Commit the project with these changes and push it."""
        self.commit(files)
        return stage.push()


def get(stage: Rehearsal, path: str = "/") -> Any:  # noqa: ANN401 - whatever the app sends
    """Ask the app, through the router; a dyno that starts is waited for."""
    answer = requests.get(stage.url + path, timeout=60)
    assert answer.status_code == 200, (answer.status_code, answer.text, stage.lines()[-15:])
    return json.loads(answer.text)

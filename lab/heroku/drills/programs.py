"""The little app that most drills break. It needs no package, so that a build takes seconds."""

from __future__ import annotations

ANSWERS = '''\
"""Answers requests. Nothing is wrong in this file."""

import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # requests that may wait until they are taken

    def handle_error(self, *_):
        if isinstance(sys.exception(), ConnectionError):
            print("Nobody is there any more to take the answer", flush=True)
            return
        traceback.print_exc(limit=-1)  # where it happened, without the way there


def serve(answer, port):
    """Answer each GET request with the text that answer(path) returns."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = answer(self.path).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass  # the router logs each request

    Server(("0.0.0.0", port), Handler).serve_forever()
'''

APP = """\
import os

from answers import serve


def answer(path):
    return "12 prices"


serve(answer, port=int(os.environ["PORT"]))
"""

WANTED = "12 prices"  # what the app answers

FILES = {
    "Procfile": "web: python app.py\n",
    ".python-version": "3.13\n",
    "requirements.txt": "# The app needs the standard library alone.\n",
    "answers.py": ANSWERS,
    "app.py": APP,
}


def project(app: str = APP, **others: str) -> dict[str, str]:
    """Return the files of a project with this app; `others` names other files by their name."""
    return {**FILES, "app.py": app, **others}


def changed(files: dict[str, str], path: str, old: str, new: str) -> dict[str, str]:
    """Return one changed file, as a drill's cure has it.

    Raises:
        ValueError: when the old text is not in it.
    """
    if old not in files[path]:
        raise ValueError(f"{path} has no {old!r}")
    return {path: files[path].replace(old, new)}

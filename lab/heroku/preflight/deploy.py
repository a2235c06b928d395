"""What a commit becomes on a dyno: command, server settings, packages and imports, put together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from packaging.utils import canonicalize_name

from lab.heroku import facts
from lab.heroku.preflight import procfile, python_version, requirements
from lab.heroku.preflight.app_json import Declared
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.imports import Reached, reach
from lab.heroku.preflight.procfile import SERVERS, Command

# The package that brings a server's command, where its name is another one.
PACKAGE_OF_COMMAND = {"waitress-serve": "waitress", "fastapi": "fastapi-cli"}
# The packages that gunicorn's worker classes need.
WORKER_PACKAGES = ("uvicorn-worker", "uvicorn", "gevent", "eventlet", "tornado")
# The servers that start WEB_CONCURRENCY workers where nobody says how many.
READ_WEB_CONCURRENCY = {"uvicorn", "gunicorn", "fastapi"}
UNKNOWN = object()  # a setting that is computed when the server starts


@dataclass
class Deploy:
    """One commit, seen from the dyno. `uncommitted` are changes that the commit does not have."""

    files: Committed
    uncommitted: frozenset[str] = frozenset()
    slug_limit_megabytes: int = field(default_factory=lambda: facts.platform().slug.limit_megabytes)

    @cached_property
    def command(self) -> Command | None:
        """The web process's command, or None when none is declared."""
        text = procfile.processes(self.files.text(procfile.NAME)).get("web")
        return procfile.parse(text) if text else None

    @property
    def start(self) -> str:
        """The module or the file with which the app begins, as far as the command shows it."""
        command = self.command
        if command is None:
            return ""
        if command.program == "python":
            return command.options.get("-m") or command.target
        if command.program not in SERVERS:
            return ""
        return command.target.partition(":")[0]

    @property
    def folder(self) -> str:
        """The folder in which imports begin, from the root."""
        if self.command is None:
            return ""
        there = self.command.option("--app-dir", "--chdir", "--pythonpath") or self._first_on_path
        return "/".join(part for part in (self.command.folder, there.strip("./")) if part)

    @property
    def _first_on_path(self) -> str:
        """The first folder that PYTHONPATH in front of the command adds to the root.

        A script's own folder comes before it.
        """
        assert self.command is not None
        if self.command.program == "python" and "-m" not in self.command.options:
            return ""
        root = re.compile(r"^(/app|\$HOME|\$\{HOME\}|\$PWD|\$PYTHONPATH)(/|$)|^\.?/?$")
        places = self.command.environment.get("PYTHONPATH", "").split(":")
        # The root is looked in anyway.
        return next((place for one in places if (place := root.sub("", one))), "")

    @cached_property
    def reached(self) -> Reached:
        """What loading the app and the server's own settings file imports."""
        found = reach(self.files, self.start, self.folder) if self.start else Reached()
        if self.settings_file:
            more = reach(self.files, self.settings_file, "")
            found.files |= more.files
            found.foreign = {**more.foreign, **found.foreign}
            found.absent = {**more.absent, **found.absent}
        return found

    @cached_property
    def installed(self) -> requirements.Installed:
        """The packages that pip will install."""
        one = python_version.requested(self.files)
        python = one.full if one else facts.buildpack().python.default
        return requirements.installed(list(requirements.read(self.files)), python)

    @property
    def settings_file(self) -> str:
        """gunicorn's settings file, when it uses one that is committed."""
        if self.command is None or self.command.program != "gunicorn":
            return ""
        named = self.command.option("--config") or "gunicorn.conf.py"
        path = named.removeprefix("file:").removeprefix("./")
        path = f"{self.command.folder}/{path}" if self.command.folder else path
        return path if path in self.files else ""

    @cached_property
    def settings(self) -> dict[str, object]:
        """The values in gunicorn's settings file; UNKNOWN stands for what is computed."""
        try:
            tree = ast.parse(self.files.bytes_of(self.settings_file))
        except (SyntaxError, ValueError):
            return {}
        found: dict[str, object] = {}
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = _literal(node.value)
        return found

    def setting(self, option: str, default: object) -> object:
        """Return an option of the command, or the same in gunicorn's file, or a default."""
        assert self.command is not None
        given = self.command.option(option)
        if given is not None:
            return given
        plain = {"--keep-alive": "keepalive"}.get(option, option.strip("-").replace("-", "_"))
        return self.settings.get(plain, default)

    @property
    def served_by(self) -> str:
        """The package of the server's command, or nothing when it is no server that we know."""
        if self.command is None or self.command.program not in SERVERS:
            return ""
        return PACKAGE_OF_COMMAND.get(self.command.program, self.command.program)

    @property
    def workers_from(self) -> str:
        """The package of gunicorn's worker class, or nothing when gunicorn brings it itself."""
        if self.command is None or self.command.program != "gunicorn":
            return ""
        named = str(self.setting("--worker-class", "")).replace("_", "-")
        return next((name for name in WORKER_PACKAGES if named.startswith(name)), "")

    def workers(self, declared: Declared, megabytes: int) -> tuple[int, str]:
        """How many worker processes the web command starts on a dyno, and what says so."""
        assert self.command is not None
        program = self.command.program
        if program not in {*READ_WEB_CONCURRENCY, "hypercorn"}:
            return 1, "one process"
        option = self.setting("--workers", UNKNOWN)
        if str(option).isdecimal():
            return int(str(option)), f"--workers {option}"
        if program not in READ_WEB_CONCURRENCY:
            return 1, f"{program} starts one worker"
        if (value := self.command.environment.get("WEB_CONCURRENCY", "")).isdecimal():
            return int(value), f"WEB_CONCURRENCY={value}"
        if declared.workers:
            return int(declared.workers), f"WEB_CONCURRENCY={declared.workers}"
        number = facts.buildpack().concurrency.workers(cores=8, megabytes=megabytes)
        return number, f"WEB_CONCURRENCY={number}, which the buildpack sets for {megabytes} MB"

    def imported_packages(self) -> Iterator[str]:
        """Yield the packages that the app and its server import, by the name that pip knows."""
        yield from filter(None, (self.served_by, self.workers_from))
        for module in self.reached.foreign:
            yield str(canonicalize_name(requirements.package_of(module)))


def _literal(node: ast.expr) -> object:
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError):  # TypeError: a list where only what is fixed may stand
        return UNKNOWN
    return value

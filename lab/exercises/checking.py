"""What the check of an exercise can use. docs/contributing.md lists it for authors.

A check runs in a process of its own, together with the answer (see `runner`).
"""

from __future__ import annotations

import importlib.util
import io
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NoReturn

from lab.exercises.verdicts import NotYetError

if TYPE_CHECKING:
    from lab.exercises.serving import Client

RUN_SECONDS: Final = 5.0


def not_yet(message: str, hint: str = "") -> NoReturn:
    """End the check: the answer is not right yet, and the message says what it did."""
    raise NotYetError(message, hint)


def expect(condition: object, message: str, hint: str = "") -> None:
    """End the check with *not yet* unless the condition is true."""
    if not condition:
        not_yet(message, hint)


def expect_equal(got: object, wanted: object, what: str, hint: str = "") -> None:
    """End the check with *not yet* unless both are equal and of like type: True is not 1."""
    if got != wanted or isinstance(got, bool) != isinstance(wanted, bool):
        not_yet(f"{what} should be {wanted!r}, but is {got!r}.", hint)


@dataclass(frozen=True)
class Run:
    """What a program printed, and its exit status: negative when a signal ended it."""

    stdout: str
    stderr: str
    status: int


class Answer:
    """What the learner wrote, in a folder of its own that may be written to."""

    def __init__(self, file: Path) -> None:
        self.file: Final = file
        self.source: Final = file.read_text(encoding="utf-8")
        self.random: Final = random.Random(2011)  # the same cases at each check

    @cached_property
    def module(self) -> ModuleType:
        """The answer as a module; it runs when first asked for."""
        spec = importlib.util.spec_from_file_location(self.file.stem, self.file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[self.file.stem] = module
        spec.loader.exec_module(module)
        return module

    @property
    def printed(self) -> str:
        """What the answer has printed so far."""
        out = sys.stdout
        return out.getvalue() if isinstance(out, io.StringIO) else ""

    def get(self, name: str) -> Any:  # noqa: ANN401 - it is whatever the learner wrote
        """Return what the answer calls `name`. Nothing, or `...`, is *not yet*."""
        if not hasattr(self.module, name):
            not_yet(f"There is no `{name}` in your answer yet.")
        value = getattr(self.module, name)
        if value is ...:
            not_yet(f"`{name}` has nothing yet: it is still `...`.")
        return value

    def call(self, name: str, *args: object, **kwargs: object) -> Any:  # noqa: ANN401 - as in get
        """Call a function of the answer. What it raises carries a note of the call."""
        function = self.get(name)
        expect(callable(function), f"`{name}` is no function.")
        try:
            return function(*args, **kwargs)
        except Exception as error:
            shown = [repr(arg) for arg in args] + [f"{key}={kwargs[key]!r}" for key in kwargs]
            error.add_note(f"The check called {name}({', '.join(shown)}).")
            raise

    def run(self, *arguments: str, stdin: str = "", seconds: float = RUN_SECONDS) -> Run:
        """Run the answer as a program of its own, in its folder."""
        try:
            ended = subprocess.run(
                [sys.executable, self.file.name, *arguments],
                cwd=self.file.parent,
                input=stdin,
                capture_output=True,
                text=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            not_yet(f"Your program was still running after {seconds:g} seconds.")
        return Run(ended.stdout, ended.stderr, ended.returncode)

    @contextmanager
    def served(
        self,
        server: str = "uvicorn",
        app: str = "app",
        options: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[Client]:
        """Serve the answer on a free port: by uvicorn, gunicorn, or flask's development server."""
        from lab.exercises.serving import serve  # most checks serve nothing, and begin sooner

        with serve(self.file, server, app, options, environment or {}) as client:
            yield client

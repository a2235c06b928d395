"""The build log in the platform's form: steps, details, and blocks of warning or error."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lab.heroku.preflight import Finding

REFUSED = "Push rejected, failed to compile Python app."


class BuildError(RuntimeError):
    """The build was refused, for the reason that is in its log. Holds the log's last words."""


class BuildLog:
    """Writes what a build does, line by line, to whoever has pushed."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def step(self, text: str) -> None:
        """Write what the build does next."""
        self._write(f"-----> {text}")

    def detail(self, text: str) -> None:
        """Write something that belongs to the step."""
        self._write(f"       {text}")

    def rehearsal(self, text: str) -> None:
        """Write what is otherwise here than on Heroku, marked as such."""
        self.detail(f"(rehearsal: {text})")

    def blank(self) -> None:
        """Write an empty line."""
        self._write("")

    def block(self, lines: Iterable[str]) -> None:
        """Write a block that stands out."""
        self.blank()
        for line in lines:
            self._write(f" !     {line}".rstrip())
        self.blank()

    def finding(self, found: Finding) -> None:
        """Write an error or a warning of the build, with what causes it and what mends it."""
        headline, *rest = found.lines
        self.block([f"{found.severity.capitalize()}: {headline}", *rest])

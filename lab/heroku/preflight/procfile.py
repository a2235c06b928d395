"""The Procfile: its process types, and what its web command asks of the server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lab.heroku.preflight import shell

NAME = "Procfile"
LINE = re.compile(r"^(?P<kind>[A-Za-z0-9_-]+):\s*(?P<command>\S.*?)\s*$")
ASSIGNMENT = re.compile(r"^(?P<name>[A-Za-z_]\w*)=(?P<value>.*)$")

# The long name behind each short option that the rules ask for.
SHORT = {
    "uvicorn": {},
    "gunicorn": {
        "-b": "--bind",
        "-w": "--workers",
        "-k": "--worker-class",
        "-c": "--config",
        "-t": "--timeout",
        "-e": "--env",
        "-g": "--group",
        "-m": "--umask",
        "-n": "--name",
        "-p": "--pid",
        "-u": "--user",
    },
    "hypercorn": {"-b": "--bind", "-w": "--workers", "-c": "--config", "-k": "--worker-class"},
    "flask": {"-p": "--port", "-h": "--host", "-A": "--app"},
    "fastapi": {},
    "waitress-serve": {},
    "python": {},
}
SERVERS = frozenset(SHORT) - {"python"}
# Options without a value, so that what follows them is not taken for one.
FLAGS = {
    *("--reload", "--proxy-headers", "--no-proxy-headers", "--no-server-header", "--no-access-log"),
    *("--server-header", "--access-log", "--use-colors", "--no-use-colors", "--date-header"),
    *("--no-date-header", "--factory", "--preload", "--daemon", "--debug", "--call", "--no-reload"),
    *("--reset-contextvars", "--http2"),
    *("--debugger", "--no-debugger", "--no-debug", "--with-threads", "--without-threads"),
    *("--capture-output", "--casefold-http-method", "--disable-redirect-access-to-syslog"),
    *("--do-handshake-on-connect", "--enable-backlog-metric", "--enable-stdio-inheritance"),
    *("--initgroups", "--log-syslog", "--no-control-socket", "--no-sendfile", "--reuse-port"),
    *("--permit-obsolete-folding", "--permit-unconventional-http-method", "--spew", "-D", "-R"),
    *("--permit-unconventional-http-version", "--strip-header-spaces", "--suppress-ragged-eofs"),
}
PYTHON_FLAGS = {"-u", "-B", "-O", "-E", "-s", "-I"}


def processes(text: str) -> dict[str, str]:
    """Return the command of each process type that a Procfile declares."""
    found = (LINE.match(line) for line in text.splitlines())
    return {match["kind"]: match["command"] for match in found if match}


@dataclass
class Command:
    """A web command taken apart: `uvicorn pkg.main:app --port $PORT`."""

    text: str
    program: str = ""
    options: dict[str, str] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = ""

    @property
    def target(self) -> str:
        """What the server serves, such as `pkg.main:app`; for Python the file or `-m module`."""
        given = self.options.get("--app", "") if self.program == "flask" else ""
        return given or next(iter(self.values), "")

    def option(self, *names: str) -> str | None:
        """Return the value of the first of these options that is given."""
        return next((self.options[name] for name in names if name in self.options), None)


def parse(text: str) -> Command:
    """Take a web command apart; what is not understood stays out."""
    command = Command(text)
    words = _last_of_a_chain(shell.words(text), command)
    while words and (words[0] in {"exec", "env"} or ASSIGNMENT.match(words[0])):
        word = words.pop(0)
        if given := ASSIGNMENT.match(word):
            command.environment[given["name"]] = given["value"]
    if not words:
        return command
    command.program = _program(words.pop(0))
    if command.program == "python" and len(words) > 1 and words[0] == "-m":
        if words[1] in SERVERS:
            command.program, words = words[1], words[2:]
        else:
            command.options["-m"], words = words[1], words[2:]
    _arguments(words, command)
    return command


def _last_of_a_chain(words: list[str], command: Command) -> list[str]:
    """Return the last command of a line, and keep where a `cd` in front of it has led."""
    chain: list[list[str]] = [[]]
    for word in words:
        if word in shell.BREAKS:
            chain.append([])
        else:
            chain[-1].append(word)
    for before in chain[:-1]:
        if before[:1] == ["cd"] and len(before) == 2:
            command.folder = before[1].strip("/")
    last = chain[-1]
    return last[: last.index("|")] if "|" in last else last


def _program(word: str) -> str:
    name = word.rpartition("/")[2]
    return "python" if re.fullmatch(r"python3?(\.\d+)?", name) else name


def _arguments(words: list[str], command: Command) -> None:
    short = SHORT.get(command.program, {})
    flags = PYTHON_FLAGS if command.program == "python" else FLAGS
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            if command.program in {"flask", "fastapi"} and word in {"run", "dev"}:
                command.options["run"] = word
            else:
                command.values.append(word)
        elif word in flags:
            command.options[word] = ""
        elif equals:
            command.options[short.get(name, name)] = value
        elif word[:2] in short and len(word) > 2 and word[1] != "-":  # -w4
            command.options[short[word[:2]]] = word[2:]
        else:
            command.options[short.get(word, word)] = words.pop(0) if words else ""

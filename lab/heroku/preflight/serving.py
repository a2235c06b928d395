"""Rules for the web process: it binds where the platform looks for it, and keeps connections."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lab.heroku import facts
from lab.heroku.preflight.declaring import COMMIT
from lab.heroku.preflight.deploy import UNKNOWN, Deploy
from lab.heroku.preflight.finding import Finding
from lab.heroku.preflight.procfile import Command
from lab.heroku.preflight.shell import LITERAL

LOCAL = {"127.0.0.1", "localhost", "::1", "[::1]"}
RIGHT_OR_COMPUTED = re.compile(r"\$\{?PORT\b|\$\(|`")


@dataclass(frozen=True)
class Bound:
    """Where a web process listens. None: unknown, or as it should be."""

    host: str | None
    port: str | None


def binding(deploy: Deploy) -> Iterator[Finding]:
    """The web process must bind $PORT, and not on loopback alone."""
    if deploy.command is None:
        return
    bound = _bound(deploy)
    command = deploy.command.text
    if bound.port is not None and not RIGHT_OR_COMPUTED.match(bound.port):
        yield _other_port(deploy, bound.port)
    if bound.host in LOCAL:
        yield Finding(
            "dyno::loopback",
            "error",
            f"The web process listens on {bound.host}, which nobody else can reach.",
            "The router is another machine. To be reached, the process listens on every address, "
            f"which is 0.0.0.0. The command is: {command}",
            f"{_host_remedy(deploy)}, then run:{COMMIT}",
            leads_to="R10",
        )


def _other_port(deploy: Deploy, port: str) -> Finding:
    assert deploy.command is not None
    command = f"The command is: {deploy.command.text}"
    if not port.isdecimal() and not port.startswith("$"):  # another variable may hold a number
        word = port.replace(LITERAL, "$")
        names = (
            " Only a shell puts a value in the place of such a name: neither Python does, nor a "
            "shell between single quotes."
        )
        return Finding(
            "dyno::fixed-port",
            "error",
            f"The web process gets the word {word} as its port, and no number.",
            f"{deploy.command.program} cannot listen there, and ends as it starts."
            f"{names if LITERAL in port else ''} {command}",
            f"{_port_remedy(deploy)}{_unquoted(deploy)}, then run:{COMMIT}",
            leads_to="H10",
        )
    seconds = facts.platform().limits["boot"].seconds
    return Finding(
        "dyno::fixed-port",
        "error",
        f"The web process listens on port {port}, not on $PORT.",
        "The platform chooses a port for each start and hands it over as $PORT. After "
        f"{seconds:.0f} seconds without a listener there it kills the process. {command}",
        f"{_port_remedy(deploy)}, then run:{COMMIT}",
        leads_to="R10",
    )


def _port_remedy(deploy: Deploy) -> str:
    assert deploy.command is not None
    if deploy.command.program == "python":
        return f"In {deploy.command.target}, take the port from os.environ['PORT']"
    if deploy.command.program in {"gunicorn", "hypercorn"}:
        return "Write --bind 0.0.0.0:$PORT"
    return "Write --port $PORT"


def _unquoted(deploy: Deploy) -> str:
    assert deploy.command is not None
    return ", without single quotes around it" if "'" in deploy.command.text else ""


def _host_remedy(deploy: Deploy) -> str:
    assert deploy.command is not None
    if deploy.command.program == "python":
        return f'In {deploy.command.target}, set host="0.0.0.0"'
    if deploy.command.program in {"gunicorn", "hypercorn"}:
        return "Write --bind 0.0.0.0:$PORT"
    return "Write --host 0.0.0.0"


def _bound(deploy: Deploy) -> Bound:
    command = deploy.command
    assert command is not None
    host, port = command.option("--host"), command.option("--port")
    match command.program:
        case "uvicorn":
            if command.option("--uds", "--fd") is not None:
                return Bound(None, None)
            return _or_by_variables(command, "UVICORN", Bound(host, port), "8000")
        case "flask":
            return _or_by_variables(command, "FLASK_RUN", Bound(host, port), "5000")
        case "fastapi":
            local = "127.0.0.1" if command.options.get("run") == "dev" else None
            return Bound(host or local, port)
        case "gunicorn":  # which takes $PORT by itself
            if (given := command.option("--bind")) is not None:
                return _split(given)
            bind = deploy.setting("--bind", UNKNOWN)
            return _split(bind.replace("$", LITERAL) if isinstance(bind, str) else bind)
        case "hypercorn":
            return _split(deploy.setting("--bind", "127.0.0.1:8000"))
        case "waitress-serve":
            listen = command.option("--listen")
            return _split(listen) if listen else Bound(host, port or "8080")
        case "python":
            return _bound_in_source(deploy)
    return Bound(None, None)


def _or_by_variables(command: Command, name: str, given: Bound, standard: str) -> Bound:
    """Return what the options give, else the server's own variables, else its standard."""
    host = given.host or command.environment.get(f"{name}_HOST", "127.0.0.1")
    return Bound(host, given.port or command.environment.get(f"{name}_PORT", standard))


def _split(bind: object) -> Bound:
    """Take `host:port` apart; a socket file or a computed value says nothing."""
    address = bind[0] if isinstance(bind, list) and bind else bind
    if not isinstance(address, str) or address.startswith(("unix:", "fd:")):
        return Bound(None, None)
    parts = re.fullmatch(r"(?P<host>\[[^]]*\]|[^:]*):(?P<port>.*)", address)
    return Bound(parts["host"], parts["port"]) if parts else Bound(address, None)


def _bound_in_source(deploy: Deploy) -> Bound:
    """Look for `uvicorn.run(…)` or `app.run(…)` in the file that Python starts."""
    start = deploy.start
    path = start if start.endswith(".py") else f"{start.replace('.', '/')}/__main__.py"
    path = f"{deploy.folder}/{path}" if deploy.folder else path
    try:
        tree = ast.parse(deploy.files.bytes_of(path))
    except (SyntaxError, ValueError):
        return Bound(None, None)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = getattr(node.func.value, "id", "")
        if node.func.attr == "run" and owner in {"uvicorn", "app", "application"}:
            given = {word.arg: word.value for word in node.keywords}
            standard = "8000" if owner == "uvicorn" else "5000"
            return Bound(_constant(given, "host", "127.0.0.1"), _constant(given, "port", standard))
    return Bound(None, None)


def _constant(given: dict[str | None, ast.expr], name: str, default: str) -> str | None:
    if None in given:  # **options
        return None
    if name not in given:
        return default
    node = given[name]
    return str(node.value).replace("$", LITERAL) if isinstance(node, ast.Constant) else None


def keep_alive(deploy: Deploy) -> Iterator[Finding]:
    """The server must keep an idle connection for longer than the router does."""
    command = deploy.command
    servers = facts.packages().servers
    if command is None or command.program not in servers:
        return
    if command.program == "gunicorn" and _closes_each_connection(deploy):
        return
    server = servers[command.program]
    option, default = server.option, server.keep_alive_seconds
    value = deploy.setting(option, default)
    router = facts.platform().limits["router_keep_alive"]
    if not re.fullmatch(r"\d+(\.\d+)?", str(value)) or float(str(value)) > router.seconds:
        return
    yield Finding(
        "dyno::keep-alive",
        "warning",
        f"The server closes idle connections after {value} s, the router after "
        f"{router.seconds:.0f} s.",
        "The router may send a request at the moment in which the server closes. Now and then a "
        f"visitor gets an error that nothing explains. {command.program} keeps a connection for "
        f"{default} s unless it is told otherwise.",
        f"Write {option} {router.seconds + 5:.0f}, then run:{COMMIT}",
        leads_to="H13",
    )


def _closes_each_connection(deploy: Deploy) -> bool:
    """Whether gunicorn has its plain workers, which keep no connection."""
    threads = str(deploy.setting("--threads", "1"))
    return str(deploy.setting("--worker-class", "sync")) == "sync" and threads == "1"

"""`lab serve`: the real servers in the foreground."""

from __future__ import annotations

import click

from lab.servers import StartError
from lab.servers.foreground import ServerEndedError, serve

DEFAULT_PORTS = {"fastapi": 8000, "flask": 8001}
HIGHEST_PORT = 65535


@click.command(
    "serve",
    epilog="Example: `lab serve fastapi --port 8080`, then open http://127.0.0.1:8080/docs",
)
@click.argument("which", type=click.Choice([*DEFAULT_PORTS, "both"]), default="both")
@click.option(
    "--port",
    type=click.IntRange(1, HIGHEST_PORT),
    envvar="PORT",
    show_envvar=True,
    help="The port; for both, the first of two.  [default: FastAPI on 8000, Flask on 8001]",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    envvar="WEB_CONCURRENCY",
    show_envvar=True,
    default=1,
    show_default=True,
    help="Worker processes of each server.",
)
def serve_command(which: str, port: int | None, workers: int) -> None:
    """Run the real servers until Ctrl-C: fastapi, flask or both."""
    names = list(DEFAULT_PORTS) if which == "both" else [which]
    places = [
        (name, DEFAULT_PORTS[name] if port is None else port + place)
        for place, name in enumerate(names)
    ]
    if places[-1][1] > HIGHEST_PORT:
        raise click.BadParameter(
            f"two servers need two ports: choose at most {HIGHEST_PORT - 1}.", param_hint="'--port'"
        )
    try:
        serve(places, workers=workers)
    except (StartError, ServerEndedError) as error:
        raise click.ClickException(str(error)) from error

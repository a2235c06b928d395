"""The `lab` command: each subcommand is one thin call."""

from __future__ import annotations

import json

import click

from lab.bench.commands import COMMANDS as BENCH_COMMANDS
from lab.bench.trace.command import trace_command
from lab.classroom import merge_command
from lab.exercises.commands import COMMANDS
from lab.heroku.commands import COMMANDS as HEROKU_COMMANDS
from lab.servers import StartError
from lab.servers.foreground import ServerEndedError, serve
from lab.smoke import SmokeError, certify

DEFAULT_PORTS = {"fastapi": 8000, "flask": 8001}
HIGHEST_PORT = 65535


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The workbench of Served Twice: one model, served by Flask and by FastAPI."""


@main.command(
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


@main.command(
    "smoke",
    epilog="Example: `lab smoke http://127.0.0.1:8000`, or the address of your deployed copy",
)
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print the certificate as JSON.")
def smoke_command(url: str, as_json: bool) -> None:
    """Prove that the API at URL keeps the contract, and print a certificate.

    Exit status 0 means that every check held.
    """
    try:
        certificate = certify(url)
    except SmokeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(certificate.fields(), indent=2) if as_json else certificate.text())
    if not certificate.held:
        raise SystemExit(1)


for command in (*COMMANDS, *BENCH_COMMANDS, *HEROKU_COMMANDS, trace_command, merge_command):
    main.add_command(command)


if __name__ == "__main__":
    main()

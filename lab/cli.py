"""The `lab` command. Each subcommand is one thin call, in the folder of its subject."""

from __future__ import annotations

import importlib
from typing import Final

import click

WHERE: Final = {
    "bench": "lab.bench.commands:bench_command",
    "check": "lab.exercises.commands:check_command",
    "claims": "lab.bench.claims_command:claims_command",
    "config": "lab.heroku.commands:config_command",
    "decide": "lab.decide.command:decide_command",
    "drill": "lab.heroku.drills.command:drill_command",
    "hint": "lab.exercises.commands:hint_command",
    "init": "lab.exercises.commands:init_command",
    "logs": "lab.heroku.run.logs_command:logs_command",
    "merge": "lab.classroom:merge_command",
    "preflight": "lab.heroku.preflight.command:preflight_command",
    "progress": "lab.exercises.commands:progress_command",
    "ps": "lab.heroku.commands:ps_command",
    "rehearse": "lab.heroku.rehearse_command:rehearse_command",
    "releases": "lab.heroku.commands:releases_command",
    "rollback": "lab.heroku.commands:rollback_command",
    "scale": "lab.heroku.commands:scale_command",
    "serve": "lab.servers.command:serve_command",
    "smoke": "lab.smoke.command:smoke_command",
    "trace": "lab.bench.trace.command:trace_command",
    "watch": "lab.exercises.commands:watch_command",
}


class Subcommands(click.Group):
    """Imports a subcommand when it is asked for: all of them together take a second to import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        del ctx  # they are the same everywhere
        return sorted(WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand, or None when there is none of that name."""
        del ctx
        if cmd_name not in WHERE:
            return None
        module, _, name = WHERE[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a subcommand. A file that may not be used is the user's to mend: no traceback."""
        try:
            return super().invoke(ctx)
        except (PermissionError, IsADirectoryError, NotADirectoryError) as error:
            raise click.ClickException(
                f"{error.filename}: {error.strerror}. Look who owns it and what it is."
            ) from error


@click.group(cls=Subcommands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The workbench of Served Twice: one model, served by Flask and by FastAPI."""


if __name__ == "__main__":
    main()

"""`lab smoke`: the contract suite against a URL."""

from __future__ import annotations

import json

import click

from lab.smoke import SmokeError, certify


@click.command(
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

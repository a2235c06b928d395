"""docs/deploy.md: what it says can be tried is tried, and its examples fit this copy."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from lab.cli import main
from lab.heroku import facts
from lab.heroku.preflight import procfile

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
TRIED = [block for block in BLOCKS if block.startswith("# Tried here")]
WEB = procfile.processes((ROOT / "Procfile").read_text(encoding="utf-8"))["web"]
PATIENCE = 600


def lab_commands() -> Iterator[list[str]]:
    """Yield the arguments of every `lab` command in a block."""
    for block in BLOCKS:
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["lab"]:
                yield words[1:]


def test_every_block_says_whether_it_was_tried() -> None:
    assert len(TRIED) >= 4
    for block in BLOCKS:
        assert block.startswith(("# Tried here", "# Not tried here")), block


@pytest.mark.parametrize("arguments", list(lab_commands()), ids=" ".join)
def test_every_lab_command_of_the_page_has_these_options(arguments: list[str]) -> None:
    command: click.Command | None = main
    while isinstance(command, click.Group):
        name, *arguments = arguments
        command = command.get_command(click.Context(command), name)
    assert command is not None
    # The parser alone: whether a folder of an example exists is not the question.
    command.make_parser(click.Context(command)).parse_args(list(arguments))


def test_every_link_into_the_workbook_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", PAGE) if "://" not in link]
    assert links
    for link in links:
        assert (ROOT / "docs" / link).exists(), link


def test_the_docker_example_starts_what_the_procfile_starts() -> None:
    lines = (ROOT / "docs/docker/Dockerfile").read_text(encoding="utf-8").splitlines()
    assert f"CMD exec {WEB}" in lines
    version = (ROOT / "runtime.txt").read_text(encoding="utf-8").strip().replace("-", ":")
    assert f"FROM {version}-slim" in lines
    megabytes = facts.platform().dyno[0].megabytes
    workers = facts.buildpack().concurrency.workers(cores=8, megabytes=megabytes)
    assert any(f"WEB_CONCURRENCY={workers}" in line for line in lines)
    for source in re.findall(r"^COPY (\S+)", "\n".join(lines), flags=re.MULTILINE):
        assert (ROOT / source).exists()
    assert "    web: Dockerfile" in (ROOT / "docs/docker/heroku.yml").read_text(encoding="utf-8")


def test_no_docker_file_stands_in_the_way_at_the_root() -> None:
    assert not [name for name in ("Dockerfile", "heroku.yml") if (ROOT / name).exists()]


def test_the_example_for_render_serves_the_same_app() -> None:
    (start,) = re.findall(r"startCommand: (.*)", PAGE)
    assert set(start.split()) <= set(WEB.split())
    assert "--port $PORT" in start


def test_prices_and_dates_are_those_of_the_facts() -> None:
    for dyno in facts.platform().dyno:
        row = rf"\| {dyno.size} \| {dyno.megabytes:,} MB \| {dyno.dollars}\b"
        assert re.search(row, PAGE, flags=re.IGNORECASE), dyno.size
    assert "28 November 2022" in PAGE
    assert any(str(one.date) == "2022-11-28" for one in facts.platform().change)


def test_the_button_gets_an_app_json_that_heroku_takes() -> None:
    read = json.loads((ROOT / "app.json").read_text(encoding="utf-8"))
    assert 0 < len(read["name"]) <= 30


def test_the_tried_blocks_run_as_they_stand(long_form: bool, tmp_path: Path) -> None:
    """One shell runs them in their order, beside a clone of what is committed."""
    if not long_form:
        pytest.skip("deploys the whole workbook; with --long")
    script = tmp_path / "page.sh"
    blocks = [block.replace("--background --push", "--background --push > said") for block in TRIED]
    blocks = [
        block.replace("> said", "> said\nURL=$(grep -o 'http://127.0.0.1:[0-9]*' said | head -1)")
        for block in blocks
    ]
    script.write_text("set -e\ntrap 'lab rehearse --stop || true' EXIT\n" + "\n".join(blocks))
    (tmp_path / "workbook").mkdir()
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", str(script)],
        cwd=tmp_path / "workbook",
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The deploy would work." in done.stdout
    assert "web.2" in done.stdout or "web=2" in done.stdout

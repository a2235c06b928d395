"""`lab trace` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lab.bench.trace.choices import MOST_LATENCY_MS
from lab.cli import main
from lab.listings import MOST_LATENCY_MS as MOST


def test_it_draws_and_prints_json(tmp_path: Path) -> None:
    picture = tmp_path / "new" / "lanes.svg"
    words = ["trace", "--workload", "blocking", "--stack", "async-awaiting", "--requests", "4"]
    result = CliRunner().invoke(main, [*words, "--json", "--out", str(picture)])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["picture"] == str(picture)
    (stack,) = found["stacks"]
    assert [one["number"] for one in stack["requests"]] == [1, 2, 3, 4]
    drawn = picture.read_text(encoding="utf-8")
    assert "<svg" in drawn
    assert "await asyncio.sleep inside async def: 4 requests in 1 process" in drawn


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--stack", "nginx"], "There is no stack 'nginx'. Choose one of: flask, "),
        (["--out", "lanes.jpg"], "a picture ends in .svg"),
        (["--requests", "0"], "1<=x<=200"),
    ],
)
def test_a_mistake_is_told_without_a_traceback(words: list[str], says: str) -> None:
    result = CliRunner().invoke(main, ["trace", *words])
    assert result.exit_code != 0
    assert says in result.output
    assert "Traceback" not in result.output


def test_a_picture_that_cannot_be_kept_is_told_before_anything_is_measured(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "lanes.svg"
    result = CliRunner().invoke(main, ["trace", "--out", str(out)])
    assert result.exit_code == 1
    assert "The picture cannot be kept: " in result.output
    assert "Tracing" not in result.output


def test_the_limit_is_that_of_the_listing_service() -> None:
    assert MOST_LATENCY_MS == MOST

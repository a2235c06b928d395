"""What cannot be read is set aside with a message, and nothing is ever written over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.aside import set_aside
from lab.bench.claims_command import FINDINGS, read_findings
from lab.bench.running import keep_older, resume
from lab.bench.session import ResultsError
from tests.lab.bench.sample import sample


def test_each_file_gets_a_name_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    for text in ("first", "second"):
        file.write_text(text, encoding="utf-8")
        set_aside(file)
    kept = {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()}
    assert kept == {"results.unreadable-1.json": "first", "results.unreadable-2.json": "second"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 9, "rows": []}'])
def test_results_that_cannot_be_read_make_room_and_are_kept(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "results.json"
    file.write_bytes(content)
    keep_older(file)
    assert not file.exists()
    assert (tmp_path / "results.unreadable-1.json").read_bytes() == content
    assert "It was set aside as results.unreadable-1.json." in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", "[]", '{"a": {}}', "[" * 100_000])
def test_findings_that_cannot_be_read_are_kept(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FINDINGS).write_text(content, encoding="utf-8")
    assert read_findings(tmp_path) == {}
    assert (tmp_path / "claims.unreadable-1.json").read_text(encoding="utf-8") == content
    assert "It was set aside as claims.unreadable-1.json." in capsys.readouterr().err


def test_a_session_does_not_go_on_with_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ResultsError, match="A session without --resume sets it aside"):
        resume(tmp_path)
    assert (tmp_path / "results.json").exists()


def test_two_sessions_of_one_second_are_both_kept(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    for seed in (1, 2):
        results = sample().model_copy(update={"seed": seed})
        file.write_text(results.model_dump_json(), encoding="utf-8")
        keep_older(file)
    assert not file.exists()
    assert len(list(tmp_path.iterdir())) == 2

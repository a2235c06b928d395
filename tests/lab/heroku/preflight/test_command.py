"""`lab preflight`, this repository itself, and a copy that `lab init` makes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lab.cli import main
from lab.exercises.learner_copy import make_copy
from lab.heroku.preflight import build_findings, dyno_findings, preflight
from tests.lab.heroku.preflight.copies import Copy

ROOT = Path(__file__).parents[4]
DEPRECATED = "runtime-txt::deprecated"


def test_this_repository_itself_deploys() -> None:
    found = [*build_findings(ROOT, "HEAD"), *dyno_findings(ROOT, "HEAD")]
    assert [one.code for one in found] == [DEPRECATED]
    assert "This copy keeps runtime.txt on purpose" in found[0].cause


def test_a_learner_s_own_copy_deploys(tmp_path: Path) -> None:
    make_copy(tmp_path / "copy", learner="Ada")
    result = preflight(tmp_path / "copy")
    assert [one.code for one in result.findings] == [DEPRECATED]
    assert result.works


def test_the_command_tells_code_cause_and_remedy(copy: Copy) -> None:
    copy.write("runtime.txt", "3.13\n")
    copy.write("Procfile", "web: uvicorn apps.api.main:app --port 80 --host 0.0.0.0\n")
    copy.commit()
    result = CliRunner().invoke(main, ["preflight", str(copy.folder)])
    assert result.exit_code == 1
    assert "v351, 2026-08-18" in result.output
    assert "ERROR  Invalid Python version in runtime.txt." in result.output
    assert "[runtime-txt::invalid-version]" in result.output
    assert "[dyno::fixed-port, on the dyno R10]" in result.output
    assert "\n    git add runtime.txt && git commit" in result.output
    assert result.output.endswith("The deploy would not work. 2 errors and 1 warning.\n")


def test_without_a_folder_it_is_the_copy_around(
    whole_copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for inside in ("", "apps/api"):
        monkeypatch.chdir(whole_copy.folder / inside)
        result = CliRunner().invoke(main, ["preflight"])
        assert result.exit_code == 0
        assert f"Preflight of {whole_copy.folder}, commit" in result.output


def test_warnings_do_not_change_the_exit_status(whole_copy: Copy) -> None:
    result = CliRunner().invoke(main, ["preflight", str(whole_copy.folder)])
    assert result.exit_code == 0
    assert "The deploy would work. 1 warning." in result.output


def test_programs_get_json(whole_copy: Copy) -> None:
    result = CliRunner().invoke(main, ["preflight", str(whole_copy.folder), "--json"])
    fields = json.loads(result.output)
    assert fields["works"] is True
    assert fields["buildpack"] == "v351"
    assert len(fields["commit"]) == 40
    (found,) = fields["findings"]
    assert set(found) == {"code", "severity", "headline", "cause", "remedy", "leads_to"}


def test_where_there_is_nothing_to_read_the_reason_and_the_next_step_are_said(
    tmp_path: Path, whole_copy: Copy
) -> None:
    cases = [
        ([str(tmp_path)], "is no Git repository"),
        ([str(whole_copy.folder), "--commit", "never"], "There is no commit never"),
        ([str(tmp_path / "nowhere")], "does not exist"),
    ]
    for arguments, message in cases:
        result = CliRunner().invoke(main, ["preflight", *arguments])
        assert result.exit_code != 0
        assert message in result.output
        assert "Traceback" not in result.output
    Copy(tmp_path).git("init", "--quiet")
    result = CliRunner().invoke(main, ["preflight", str(tmp_path)])
    assert result.exit_code == 1
    assert "git add --all && git commit" in result.output


def test_git_is_asked_a_few_times_however_many_files_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    run = subprocess.run

    def counted(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append(" ".join(command))
        return run(command, **options)

    monkeypatch.setattr("lab.heroku.preflight.git.subprocess.run", counted)
    preflight(ROOT)
    assert 0 < len(asked) <= 12

"""Files as a dictionary become a commit, and nothing else does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lab.heroku.preflight import preflight
from lab.heroku.scratch import commit_files, look, start_web
from lab.servers import StartError

FILES = {"requirements.txt": "", "runtime.txt": "python-3.13\n", "app/main.py": "import json\n"}


def committed(folder: Path) -> set[str]:
    answer = subprocess.run(
        ["git", "-C", str(folder), "ls-tree", "-r", "--name-only", "HEAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(answer.stdout.split())


def test_the_commit_has_these_files_and_the_next_one_only_its_own(tmp_path: Path) -> None:
    first = commit_files(FILES, tmp_path / "copy")
    assert committed(tmp_path / "copy") == set(FILES)
    second = commit_files({"main.py": "1\r\n"}, tmp_path / "copy")
    assert first != second
    assert committed(tmp_path / "copy") == {"main.py"}
    assert (tmp_path / "copy" / "main.py").read_bytes() == b"1\r\n"


def test_what_git_ignores_is_committed_too(tmp_path: Path) -> None:
    commit_files({".gitignore": "*.txt\n", "runtime.txt": "python-3.13\n"}, tmp_path)
    assert "runtime.txt" in committed(tmp_path)


@pytest.mark.parametrize("path", ["../outside.txt", "/outside.txt"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="outside the copy"):
        commit_files({path: ""}, tmp_path / "copy")
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize(
    "more", [{}, {"Procfile": "web: uvicorn app.main:app\n"}, {".slugignore": "app"}]
)
def test_look_says_what_preflight_says_to_the_commit(tmp_path: Path, more: dict[str, str]) -> None:
    files = {**FILES, **more}
    commit_files(files, tmp_path)
    assert look(files) == preflight(tmp_path).findings
    assert [one.code for one in look(FILES)] == ["runtime-txt::deprecated", "dyno::no-procfile"]


SERVER = """
import http.server, os
print("PORT is", os.environ["PORT"], flush=True)
http.server.test(http.server.SimpleHTTPRequestHandler, port=int(os.environ["PORT"]), bind="HOST")
""".replace("HOST", "127.0.0.1")


def test_the_web_process_runs_on_the_port_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "serve.py").write_text(SERVER)
    (tmp_path / "Procfile").write_text("release: true\nweb: echo begins && python serve.py\n")
    server = start_web(tmp_path)
    lines = server.lines()
    server.stop()
    assert lines[:2] == ["begins", f"PORT is {server.port}"]


def test_the_web_process_listens_on_loopback_alone(tmp_path: Path) -> None:
    (tmp_path / "Procfile").write_text("web: echo 10.0.0.0.0 0.0.0.0:$PORT && false\n")
    with pytest.raises(StartError) as raised:
        start_web(tmp_path)
    assert raised.value.lines[0].startswith("10.0.0.0.0 127.0.0.1:")


def test_without_a_web_process_nothing_starts(tmp_path: Path) -> None:
    (tmp_path / "Procfile").write_text("worker: true\n")
    with pytest.raises(ValueError, match="no web process"):
        start_web(tmp_path)


def test_whoever_has_no_name_in_git_can_commit_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    commit_files(FILES, tmp_path / "copy")
    by_hand = ["git", "-C", str(tmp_path / "copy"), "commit", "--quiet", "--allow-empty"]
    subprocess.run([*by_hand, "--message", "by hand"], check=True)

"""What pip was told about indexes reaches uv, and what belongs to the pusher does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lab.heroku.build import index
from lab.heroku.build.index import installer_environment


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with a pip.conf; the machine's own files play no part."""
    file = tmp_path / ".config" / "pip" / "pip.conf"
    file.parent.mkdir(parents=True)
    file.write_text(
        "[global]\nindex-url = https://one.test/simple\n"
        "extra-index-url =\n    https://two.test/simple\n    https://three.test/simple\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(index, "_pip_files", lambda _: [file])
    return tmp_path


def test_pip_conf_is_told_to_uv(home: Path) -> None:
    """Several indexes count alike for pip, so they must for uv."""
    told = installer_environment({"HOME": str(home)})
    assert told["UV_DEFAULT_INDEX"] == "https://one.test/simple"
    assert told["UV_INDEX"] == "https://two.test/simple https://three.test/simple"
    assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_a_variable_beats_the_file_and_uvs_own_beats_both(home: Path) -> None:
    """As pip has it, and as whoever sets a variable of uv wants it."""
    given = {"HOME": str(home), "PIP_INDEX_URL": "https://four.test/simple"}
    assert installer_environment(given)["UV_DEFAULT_INDEX"] == "https://four.test/simple"
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        told = installer_environment({**given, name: "https://five.test/simple"})
        assert told[name] == "https://five.test/simple"
        assert told.get("UV_DEFAULT_INDEX", told[name]) == told[name]


def test_find_links_may_be_several(home: Path) -> None:
    """pip separates them by blanks, uv by commas."""
    told = installer_environment({"HOME": str(home), "PIP_FIND_LINKS": "/wheels /more"})
    assert told["UV_FIND_LINKS"] == "/wheels,/more"


def test_what_belongs_to_the_pusher_stays_outside(home: Path) -> None:
    """A hook runs with Git's variables, and a terminal with those of its environment."""
    names = ("GIT_DIR", "VIRTUAL_ENV", "PYTHONPATH", "UV_PYTHON", "UV_CONFIG_FILE", "UV_OVERRIDE")
    given = dict.fromkeys((*names, "PATH"), "x")
    told = installer_environment({"HOME": str(home), **given})
    assert given.keys() & told.keys() == {"PATH"}


def test_the_switch_for_no_file_is_kept() -> None:
    """pip reads none when it is told that its file is the empty device."""
    assert index._pip_files({"PIP_CONFIG_FILE": os.devnull}) == []
    assert index._pip_files({"PIP_CONFIG_FILE": "/x"})[-1] == Path("/x")

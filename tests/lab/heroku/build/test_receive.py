"""A push is built, released and answered, or refused with the platform's words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lab.heroku import facts
from lab.heroku.rehearsal import Rehearsal
from tests.lab.heroku.tiny import FILES, Tiny, get

INFORMATION = ("METADATA", "WHEEL", "RECORD")


def test_only_what_is_committed_is_deployed(tiny: Tiny, stage: Rehearsal) -> None:
    """Files that lie in the folder beside do not get there; the log is in the platform's form."""
    tiny.commit({"greeting.txt": "committed", ".slugignore": "/notes\n", "notes/a.txt": "dropped"})
    (tiny.folder / "greeting.txt").write_text("changed since", encoding="utf-8")
    (tiny.folder / "stray.txt").write_text("not added", encoding="utf-8")
    push = stage.push()
    assert push.accepted, push.output
    assert get(stage) == "committed"
    assert not {"stray.txt", "notes/a.txt"} & set(get(stage, "/files"))
    said = [line.removeprefix("remote:").strip() for line in push.output.splitlines()]
    steps = [
        "-----> Building on the Heroku-24 stack",
        "-----> Using Python 3.13 specified in .python-version",
        f"-----> Installing Python {facts.buildpack().python.latest['3.13']}",
        "-----> Installing pip",
        "-----> Installing dependencies using 'pip install -r requirements.txt'",
        "-----> Saving cache",
        "Procfile declares types -> web",
        "-----> Launching...",
        f"Released {stage.releases()[-1].name}",
    ]
    assert [line for line in said if line in steps] == steps
    honest = said[said.index("-----> Installing pip") + 1]
    assert honest.startswith("(rehearsal: uv installs here")


def test_the_environment_is_fresh_and_a_dyno_has_nothing_of_ours(
    tiny: Tiny, stage: Rehearsal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """requirements.txt alone is installed, and no setting of the pusher gets into a dyno.

    What is committed for uv changes nothing: on the platform pip installs, which does not read it.
    """
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")  # as in a notebook
    wheel = _wheel(tmp_path)
    push = tiny.deploy(
        stage,
        {
            "requirements.txt": "./tiny_package-1.0-py3-none-any.whl\n",
            wheel.name: wheel.read_bytes(),
            "uv.toml": "no-index = 'neither true nor false'\n",
            "pyproject.toml": "[tool.uv]\noverride-dependencies = ['tiny-package==2']\n",
        },
    )
    assert "Successfully installed tiny-package-1.0" in push.output, push.output
    assert get(stage, "/packages") == "tiny"
    variables = get(stage, "/environment")
    assert not {name for name in variables if name.startswith(("PIP_", "UV_", "GIT_"))}
    libraries = stage.releases()[-1].environment / "lib"
    assert not list(libraries.glob("*/site-packages/aiohttp"))


def test_the_same_requirements_keep_their_environment(tiny: Tiny, stage: Rehearsal) -> None:
    """A second push of the same requirements.txt installs nothing.

    What an app wrote there is not in it: that was in a tree of the dyno's own.
    """
    get(stage, "/stain")
    assert get(stage, "/stained")
    push = tiny.deploy(stage)
    assert not get(stage, "/stained")
    assert "environment is kept" in push.output
    first, last = stage.releases()[0], stage.releases()[-1]
    assert first.environment == last.environment
    assert first.slug != last.slug


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"requirements.txt": None, "requirement.txt": "flask\n"},
            ["Error: Couldn't find any supported Python package manager files.", "failed to comp"],
        ),
        (
            {"requirements.txt": None, ".python-version": None, "app.py": None},
            ["App not compatible with buildpack", "Push failed"],
        ),
        ({".python-version": "3.2\n"}, ["Using Python 3.2", "has reached end-of-life."]),
        (
            {"requirements.txt": "--no-index\nabsent-package==1.0\n"},
            ["absent-package", "Error: Unable to install dependencies using pip."],
        ),
    ],
    ids=["misspelt", "not Python", "old Python", "no such package"],
)
def test_what_the_platform_refuses_is_refused(
    tiny: Tiny, stage: Rehearsal, files: dict[str, str | None], said: list[str]
) -> None:
    """Git refuses the push, and what ran before runs on."""
    before, answered = stage.releases(), get(stage)
    push = tiny.deploy(stage, {"greeting.txt": "refused", **files})
    assert not push.accepted
    assert "pre-receive hook declined" in push.output
    for words in said:
        assert words in push.output, push.output
    assert stage.releases() == before
    assert get(stage) == answered
    stage.wait_for("app[api]: Build failed")


def test_another_branch_is_taken_and_not_built(tiny: Tiny, stage: Rehearsal) -> None:
    """And it is said how to deploy it."""
    before = stage.releases()
    tiny.commit({"greeting.txt": "branch"})
    said = tiny.git("push", stage.remote, "HEAD:refs/heads/feature")
    assert "skipping the build" in said
    assert f"git push {stage.remote} feature:main" in said
    assert stage.releases() == before


def test_main_cannot_be_deleted(tiny: Tiny, stage: Rehearsal) -> None:
    """It is what is deployed."""
    said = tiny.git("push", stage.remote, ":main", check=False)
    assert "main is what is deployed: it stays." in said
    assert "pre-receive hook declined" in said


def test_an_amended_commit_is_rejected_and_it_says_what_to_type(
    tiny: Tiny, stage: Rehearsal
) -> None:
    """Git advises a pull, which would not help; the command that is named does."""
    tiny.deploy(stage, {"greeting.txt": "first"})
    tiny.write({"greeting.txt": "amended"})
    tiny.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    push = stage.push()
    assert not push.accepted
    command = f"git push --force {stage.remote} HEAD:main"
    assert command in push.advice
    assert command in tiny.git("push", stage.remote, "main", check=False)  # typed by hand
    tiny.git(*command.split()[1:])
    assert get(stage) == "amended"


def test_a_folder_is_deployed_by_subtree_push(tiny: Tiny, stage: Rehearsal) -> None:
    """The folder becomes the root. A folder that is not there, and another past, are explained."""
    files = {f"service/{path}": content for path, content in _files("of the folder").items()}
    tiny.commit({**dict.fromkeys(_files(""), None), **files})
    missing = stage.push("servce")
    assert not missing.accepted
    assert "Folders with a requirements.txt: service." in missing.advice
    # What was pushed before were whole commits, so that their history is another one.
    push = stage.push("service")
    assert not push.accepted
    command = push.advice.splitlines()[-1].strip()
    assert command.startswith("git push --force")
    by_hand = ("subtree", "push", "--prefix", "service", stage.remote, "main")
    assert command in tiny.git(*by_hand, check=False)
    split = tiny.git("subtree", "split", "-q", "--prefix", "service", "HEAD").split()[-1]
    tiny.git("push", "--force", stage.remote, f"{split}:refs/heads/main")
    assert get(stage) == "of the folder"
    assert "rejects" not in tiny.git(*by_hand)  # there is nothing to push
    tiny.git("mv", "service/greeting.txt", "service/old.txt")
    (tiny.folder / "service" / "greeting.txt").write_text("again", encoding="utf-8")
    tiny.git("add", "--all")
    tiny.git("commit", "--quiet", "--message", "Change")
    assert stage.push("service").accepted
    assert get(stage) == "again"
    tiny.commit()
    tiny.git("push", "--force", stage.remote, "HEAD:main")  # whole commits once more


def _files(greeting: str) -> dict[str, str]:
    return {**FILES, "greeting.txt": greeting}


def _wheel(folder: Path) -> Path:
    """Make a package that needs no index."""
    file = folder / "tiny_package-1.0-py3-none-any.whl"
    info = "tiny_package-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as wheel:
        wheel.writestr("tiny_package.py", 'NAME = "tiny"\n')
        for name, lines in {
            "METADATA": ("Metadata-Version: 2.1", "Name: tiny-package", "Version: 1.0"),
            "WHEEL": ("Wheel-Version: 1.0", "Root-Is-Purelib: true", "Tag: py3-none-any"),
            "RECORD": ("tiny_package.py,,", *(f"{info}/{name},," for name in INFORMATION)),
        }.items():
            wheel.writestr(f"{info}/{name}", "".join(f"{line}\n" for line in lines))
    return file

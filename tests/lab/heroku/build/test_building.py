"""The steps of a build that no push is needed for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lab.heroku.build import BuildError, BuildLog, build, environment, interpreter
from lab.heroku.build.interpreter import Interpreter
from lab.heroku.build.size import MEGABYTE, compressed
from lab.heroku.home import Home
from lab.heroku.preflight.committed import Committed
from tests.lab.heroku.tiny import Files, Tiny


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A project to build."""
    return Tiny(tmp_path_factory.mktemp("build") / "tiny")


def built(
    project: Tiny,
    tmp_path: Path,
    files: Files,
    *,
    limit: int = 500,
    lines: list[str] | None = None,
) -> list[str]:
    """Build the project with these changes, and return the log; `lines` gets it as it comes."""
    lines = [] if lines is None else lines
    home, commit = Home(tmp_path), project.commit(files)
    try:
        made = build(
            home, project.folder, commit, BuildLog(lines.append), slug_limit_megabytes=limit
        )
        assert made.slug.is_dir()
    except BuildError:
        assert list(home.slugs.glob("*")) == []  # nothing of it is kept
        raise
    return lines


def test_a_python_that_is_not_here_is_said_and_replaced(
    project: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build goes on with the one that runs."""
    monkeypatch.setattr(interpreter, "_candidates", lambda _: iter(()))
    here = interpreter.choose("3.14").version
    other = "3.14" if not here.startswith("3.14.") else "3.13"
    lines = built(project, tmp_path, {".python-version": f"{other}\n"})
    said = next(line for line in lines if "is not on this machine" in line)
    assert f"Python {other} is not on this machine, so Python {here} runs here" in said


def test_a_slug_over_the_limit_is_refused(project: Tiny, tmp_path: Path) -> None:
    """With both figures, as the platform says it; another limit than the platform's says so."""
    lines: list[str] = []
    with pytest.raises(BuildError):
        built(project, tmp_path, {}, limit=0, lines=lines)
    assert any(
        line.endswith("M is too large (max is 0M). (rehearsal: 0 MB instead of 500 MB)")
        for line in lines
    )


def test_the_size_of_a_large_file_is_that_of_its_parts(tmp_path: Path) -> None:
    """Of which some compress to nothing, and some not at all."""
    noise = random.Random(1).randbytes(3 * MEGABYTE)
    content = b"".join(
        noise[at : at + 30_000] + bytes(30_000) for at in range(0, len(noise), 30_000)
    )
    (tmp_path / "large.so").write_bytes(content)
    (tmp_path / "small.py").write_bytes(noise[:100_000])
    assert compressed(tmp_path) == pytest.approx(len(noise) + 100_000, rel=0.05)


def test_app_json_counts_for_an_app_that_is_made_from_it_alone(
    project: Tiny, tmp_path: Path
) -> None:
    """A push to an app that is there does not look at it."""
    lines = built(project, tmp_path, {"app.json": '{"stack": "heroku-20"}\n'})
    assert "-----> Building on the Heroku-24 stack" in lines
    commit = project.commit({"app.json": '{"stack": "heroku-22"}\n'})
    said: list[str] = []
    build(
        Home(tmp_path),
        project.folder,
        commit,
        BuildLog(said.append),
        slug_limit_megabytes=500,
        made_from_app_json=True,
    )
    assert "-----> Building on the Heroku-22 stack" in said


def test_a_project_of_another_package_manager_is_refused(project: Tiny, tmp_path: Path) -> None:
    """The platform would build it; the rehearsal says that it cannot."""
    with pytest.raises(BuildError):
        built(project, tmp_path, {"requirements.txt": None, "uv.lock": "version = 1\n"})


def test_warnings_do_not_end_a_build(project: Tiny, tmp_path: Path) -> None:
    """runtime.txt is deprecated, and still read."""
    lines = built(project, tmp_path, {".python-version": None, "runtime.txt": "python-3.13\n"})
    warning = lines.index(" !     Warning: The runtime.txt file is deprecated.")
    step = lines.index("-----> Using Python 3.13 specified in runtime.txt")
    assert step < warning < lines.index("-----> Discovering process types")


def test_an_error_stands_under_the_step_that_meets_it(project: Tiny, tmp_path: Path) -> None:
    """Also where it was known beforehand."""
    lines: list[str] = []
    commit = project.commit({"requirements.txt": "flask=>3\n"})
    with pytest.raises(BuildError):
        build(
            Home(tmp_path), project.folder, commit, BuildLog(lines.append), slug_limit_megabytes=500
        )
    step = lines.index("-----> Installing dependencies using 'pip install -r requirements.txt'")
    assert " !     Error: Unable to install dependencies using pip." in lines[step:]
    assert "-----> Saving cache" not in lines


def test_no_web_process_is_no_error_of_the_build(project: Tiny, tmp_path: Path) -> None:
    """The dyno is where it is missed. What the rehearsal leaves out, it says."""
    lines = built(project, tmp_path, {"Procfile": None, "bin/post_compile": "exit 1\n"})
    assert "       (rehearsal: bin/post_compile is not run here. Heroku runs it)" in lines
    assert "       Procfile declares types -> (none)" in lines


def test_a_submodule_is_left_out_and_the_log_says_so(project: Tiny, tmp_path: Path) -> None:
    """Heroku fetches it at a push."""
    commit = project.commit()
    project.git("update-index", "--add", "--cacheinfo", f"160000,{commit},shared")
    project.git("commit", "--quiet", "--message", "Add a submodule")
    lines: list[str] = []
    commit = project.git("rev-parse", "HEAD").strip()
    build(Home(tmp_path), project.folder, commit, BuildLog(lines.append), slug_limit_megabytes=500)
    assert "       (rehearsal: the submodule shared is left out here. Heroku fetches it)" in lines


def test_which_installs_are_the_same(project: Tiny) -> None:
    """Comments and other files make no difference; versions, included files and Pythons do."""

    def key(files: Files, version: str = "3.13.1") -> str:
        commit = project.commit(files)
        committed = Committed.read(project.folder, commit)
        return environment.key_of(committed, Interpreter("/python", version), Path("/x"))

    plain = key({"requirements.txt": "flask==3\n"})
    assert key({"requirements.txt": "# why\nflask==3\n", "greeting.txt": "x"}) == plain
    assert key({"requirements.txt": "flask==4\n"}) != plain
    assert key({"requirements.txt": "flask==3\n"}, "3.13.2") != plain
    included = {"requirements.txt": "-r more.txt\n", "more.txt": "flask==3\n"}
    assert key(included) != key({**included, "more.txt": "flask==4\n"})
    bound = {"requirements.txt": "-c bounds.txt\nflask\n", "bounds.txt": "flask==3\n"}
    assert key(bound) != key({**bound, "bounds.txt": "flask==4\n"})
    # What a folder of the commit installs, only the commit says.
    local = {"requirements.txt": "./package\n", "package/pyproject.toml": "[project]\n"}
    assert key(local) != key({**local, "package/pyproject.toml": "[project]\nname='x'\n"})

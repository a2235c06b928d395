"""Each thing that stops or stains a build, made in a copy of its own: exactly one rule speaks."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

import pytest

from lab.heroku import facts
from lab.heroku.preflight import build_findings, preflight
from lab.heroku.preflight.building import BEFORE_PYTHON, WITH_PIP
from tests.lab.heroku.preflight.copies import Copy

DEPRECATED = "runtime-txt::deprecated"
PINNED = facts.buildpack().python.latest["3.13"]
APP_JSON = '{"stack": "%s"}'


def runtime(text: str | bytes) -> Callable[[Copy], None]:
    """Write runtime.txt."""
    return lambda copy: copy.write("runtime.txt", text)


def version_file(text: str | bytes, name: str = ".python-version") -> Callable[[Copy], None]:
    """Write .python-version in the place of runtime.txt."""

    def change(copy: Copy) -> None:
        copy.remove("runtime.txt")
        copy.write(name, text)

    return change


def adding(path: str, text: str | bytes = "") -> Callable[[Copy], None]:
    """Write one file more."""
    return lambda copy: copy.write(path, text)


def removing(path: str) -> Callable[[Copy], None]:
    """Remove a file."""
    return lambda copy: copy.remove(path)


def renaming(old: str, new: str) -> Callable[[Copy], None]:
    """Give a file another name."""
    return lambda copy: copy.rename(old, new)


def requiring(line: str) -> Callable[[Copy], None]:
    """Add a line to requirements.txt."""
    return lambda copy: copy.replace("requirements.txt", "fastapi==", f"{line}\nfastapi==")


def nothing_of_python(copy: Copy) -> None:
    """Leave no file at the root that says Python."""
    copy.remove("runtime.txt")
    copy.rename("requirements.txt", "api/requirements.txt")


def setup_py_alone(copy: Copy) -> None:
    """Have setup.py and no requirements.txt."""
    copy.rename("requirements.txt", "setup.py")


def pyproject_alone(copy: Copy) -> None:
    """Have pyproject.toml and no requirements.txt."""
    copy.rename("requirements.txt", "pyproject.toml")


def twice_the_buildpack(copy: Copy) -> None:
    """Name the buildpack twice."""
    copy.replace("app.json", "[{", '[{"url": "heroku/python"}, {')


def django(copy: Copy) -> None:
    """Have Django's manage.py and Django."""
    copy.write("manage.py", "import django\n")
    requiring("django==5.2")(copy)


EOL = "python-version::eol"
BREAKAGES: list[tuple[str, str, Callable[[Copy], None]]] = [
    ("no file of Python's", "detect", nothing_of_python),
    ("an ended stack", "checks::stack::eol", adding("app.json", APP_JSON % "heroku-20")),
    ("a stack of no year", "checks::stack::unknown", adding("app.json", APP_JSON % "ubuntu")),
    ("a newer stack", "checks::stack::unknown", adding("app.json", APP_JSON % "heroku-99")),
    ("buildpack twice", "checks::duplicate-python-buildpack", twice_the_buildpack),
    ("a Python committed", "checks::existing-python-dir", adding(".heroku/python/bin/python")),
    ("misspelt", "package-manager::none-found", renaming("requirements.txt", "requirement.txt")),
    (
        "in a folder",
        "package-manager::none-found",
        renaming("requirements.txt", "apps/requirements.txt"),
    ),
    ("not there", "package-manager::none-found", removing("requirements.txt")),
    ("pyproject.toml alone", "package-manager::none-found", pyproject_alone),
    ("setup.py alone", "package-manager::setup-py-only", setup_py_alone),
    ("uv too", "package-manager::multiple-found", adding("uv.lock")),
    ("Poetry too", "package-manager::multiple-found", adding("poetry.lock")),
    ("Pipfile without lock", "package-manager::pipenv-missing-lockfile", adding("Pipfile")),
    (".venv committed", "checks::existing-venv-dir", adding(".venv/pyvenv.cfg")),
    ("venv committed", "checks::existing-venv-dir", adding("venv/pyvenv.cfg")),
    ("no python-", "runtime-txt::invalid-version", runtime("3.13\n")),
    ("a blank inside", "runtime-txt::invalid-version", runtime("python 3.13\n")),
    ("UTF-16", "runtime-txt::invalid-version", runtime("python-3.13".encode("utf-16"))),
    ("two lines", "runtime-txt::invalid-version", runtime("python-3.13\npython-3.12\n")),
    ("an empty file", "runtime-txt::invalid-version", runtime("")),
    (
        "version file misspelt",
        "python-version-file::misspelled",
        version_file("3.13\n", "python-version"),
    ),
    (
        "version file as text",
        "python-version-file::misspelled",
        version_file("3.13\n", ".python_version.txt"),
    ),
    ("python- in it", "python-version-file::invalid-version", version_file("python-3.13\n")),
    ("quotes", "python-version-file::invalid-version", version_file('"3.13"\n')),
    ("no version", "python-version-file::no-version", version_file("# soon\n")),
    ("two versions", "python-version-file::multiple-versions", version_file("3.12\n3.13\n")),
    ("a BOM", "python-version-file::invalid-encoding", version_file("3.13".encode("utf-8-sig"))),
    ("UTF-16 file", "python-version-file::invalid-encoding", version_file("3.13".encode("utf-16"))),
    ("Python 3.9", EOL, runtime("python-3.9\n")),
    ("Python 2.7", EOL, version_file("2.7.18\n")),
    ("Python 3.99", "python-version::unknown-major", runtime("python-3.99\n")),
    ("Python 4", "python-version::unknown-major", runtime("python-4.0\n")),
    ("Python 3.15", "python-version::unknown-major", runtime("python-3.15\n")),
    ("no version named", "python-version::none-specified", removing("runtime.txt")),
    ("an old patch", "python-version::patch-update-available", runtime("python-3.13.1\n")),
    ("a patch never built", "python-version::unknown-patch", runtime("python-3.13.99\n")),
    ("a patch of tomorrow", "python-version::unknown-patch", runtime("python-3.13.16\n")),
    ("not a requirement", "install-dependencies::pip", requiring("numpy = 2")),
    ("another machine's path", "install-dependencies::pip", requiring("x @ file:///C:/x")),
    ("an editable elsewhere", "install-dependencies::pip", requiring("-e file:///home/x")),
    ("Windows alone", "install-dependencies::pip", requiring("pywin32==312")),
    ("an include not committed", "install-dependencies::pip", requiring("-r base.txt")),
    ("an editable nothing", "install-dependencies::pip", requiring("-e .")),
    ("two versions of one", "install-dependencies::pip", requiring("fastapi==0.1")),
    ("a pin out of bounds", "install-dependencies::pip", requiring("fastapi<0.1")),
    ("Django", "collectstatic", django),
]


CASES = [pytest.param(code, change, id=name) for name, code, change in BREAKAGES]


@pytest.mark.parametrize(("code", "change"), CASES)
def test_exactly_one_rule_speaks(copy: Copy, code: str, change: Callable[[Copy], None]) -> None:
    change(copy)
    copy.commit()
    every = build_findings(copy.folder, "HEAD", made_from_app_json=True)
    found = [one for one in every if one.code != DEPRECATED]
    assert [one.code for one in found] == [code]
    assert found[0].headline
    assert found[0].cause
    assert found[0].remedy
    assert all(len(line) < 80 or line.startswith(" ") for line in found[0].lines)


GOOD: list[tuple[str, Callable[[Copy], None]]] = [
    ("CRLF", runtime("python-3.13\r\n")),
    ("comments and blank lines", runtime("# ours\n\n  python-3.13  \n")),
    ("the newest patch", runtime(f"python-{PINNED}\n")),
    ("in its place", version_file("# ours\n3.13\n")),
    ("a Windows package for Windows", requiring("pywin32==312 ; sys_platform == 'win32'")),
    ("hashes", requiring("idna==3.20 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb")),
    ("an option of pip", requiring("--extra-index-url https://example.org/simple")),
    ("a package from Git", requiring("prices @ git+https://example.org/prices.git")),
    ("a package twice", requiring("fastapi>=0.1")),
    ("an address alone", requiring("git+ssh://git@example.org/prices.git@v1")),
    ("a committed folder", requiring("vendor/prices[all] ; python_version > '3.9'")),
    ("Docker's stack", adding("app.json", APP_JSON % "container")),
]


@pytest.mark.parametrize("change", [row[1] for row in GOOD], ids=[row[0] for row in GOOD])
def test_what_the_build_takes_is_not_blamed(copy: Copy, change: Callable[[Copy], None]) -> None:
    change(copy)
    copy.commit()
    assert [one.code for one in build_findings(copy.folder) if one.code != DEPRECATED] == []


def test_python_3_10_is_warned_of_with_its_last_day(copy: Copy) -> None:
    runtime("python-3.10\n")(copy)
    copy.write("requirements.txt", "")
    copy.commit()
    found = {one.code: one for one in build_findings(copy.folder)}
    assert set(found) == {DEPRECATED, "python-version::deprecated"}
    assert "2027-01-06" in found["python-version::deprecated"].cause


def test_a_pin_that_needs_a_newer_python_is_named(copy: Copy) -> None:
    runtime("python-3.10\n")(copy)
    copy.write("requirements.txt", f"numpy=={version('numpy')}\n")
    copy.commit()
    found = [one for one in build_findings(copy.folder) if one.severity == "error"]
    assert [one.code for one in found] == ["install-dependencies::pip"]
    assert "it needs Python" in found[0].cause


def test_what_is_newer_than_the_rules_is_unknown_and_not_wrong(copy: Copy) -> None:
    for text in ("python-3.15\n", "python-3.13.16\n"):
        runtime(text)(copy)
        copy.commit()
        found = [one for one in build_findings(copy.folder) if one.code != DEPRECATED]
        assert [one.severity for one in found] == ["warning"]
        assert "unknown here" in found[0].cause


def test_findings_come_in_the_order_of_the_build(copy: Copy) -> None:
    adding("app.json", APP_JSON % "heroku-20")(copy)
    adding("uv.lock")(copy)
    adding(".venv/pyvenv.cfg")(copy)
    runtime("python-3.9.1\n")(copy)
    requiring("-r base.txt")(copy)
    copy.commit()
    order = [one.code for one in facts.buildpack().message]
    every = build_findings(copy.folder, made_from_app_json=True)
    found = [order.index(one.code) for one in every]
    assert len(found) == 6
    assert found == sorted(found)


def test_every_message_of_the_facts_is_provoked_somewhere_here() -> None:
    provoked = {code for _, code, _ in BREAKAGES} | {DEPRECATED, "python-version::deprecated"}
    assert provoked == {one.code for one in facts.buildpack().message}
    assert len({*BEFORE_PYTHON, *WITH_PIP}) == 9


AT_BIRTH = [
    ("checks::stack::eol", adding("app.json", APP_JSON % "heroku-20")),
    ("checks::stack::unknown", adding("app.json", APP_JSON % "ubuntu")),
    ("checks::duplicate-python-buildpack", twice_the_buildpack),
]


@pytest.mark.parametrize(("code", "change"), AT_BIRTH)
def test_app_json_stops_no_push_and_is_warned_of(
    copy: Copy, code: str, change: Callable[[Copy], None]
) -> None:
    """Heroku reads it when an app is made from it, and then it is an error."""
    change(copy)
    copy.commit()
    assert [one.code for one in build_findings(copy.folder)] == [DEPRECATED]
    result = preflight(copy.folder)
    assert result.works
    warned = result.findings[0]
    assert (warned.code, warned.severity) == (code, "warning")
    assert "only when an app is made from it" in warned.cause
    made = build_findings(copy.folder, made_from_app_json=True)[0]
    assert (made.code, made.severity) == (code, "error")


def test_an_app_json_of_the_wrong_shape_is_read_as_nothing(copy: Copy) -> None:
    for text in ("[]", "not JSON", '{"stack": 3, "env": [], "formation": 1, "buildpacks": "x"}'):
        copy.write("app.json", text)
        copy.commit()
        assert [one.code for one in preflight(copy.folder).findings] == [DEPRECATED]


def test_another_package_manager_is_said_and_left_alone(copy: Copy) -> None:
    copy.rename("requirements.txt", "uv.lock")
    copy.commit()
    found = build_findings(copy.folder)
    assert [(one.code, one.severity) for one in found] == [
        ("copy::other-package-manager", "warning")
    ]


def test_only_what_is_committed_counts(copy: Copy) -> None:
    copy.write("runtime.txt", "nonsense")
    assert [one.code for one in build_findings(copy.folder)] == [DEPRECATED]


def test_a_bare_repository_and_any_commit_can_be_asked_for(copy: Copy) -> None:
    first = copy.git("rev-parse", "HEAD").strip()
    copy.write("runtime.txt", "python-3.9\n")
    copy.commit()
    bare = copy.folder.parent / "remote.git"
    copy.git("clone", "--quiet", "--bare", str(copy.folder), str(bare))
    assert [one.code for one in build_findings(bare, first)] == [DEPRECATED]
    assert EOL in [one.code for one in build_findings(bare, "main")]


def test_a_folder_of_a_repository_is_read_as_a_subtree_push_sends_it(copy: Copy) -> None:
    for path in list(copy.folder.iterdir()):
        if path.name != ".git":
            copy.rename(path.name, f"service/{path.name}")
    copy.commit()
    assert [one.code for one in build_findings(copy.folder)] == ["detect"]
    assert "service/requirements.txt" in build_findings(copy.folder)[0].cause
    inside = preflight(copy.folder / "service")
    assert [one.code for one in inside.findings] == [DEPRECATED]

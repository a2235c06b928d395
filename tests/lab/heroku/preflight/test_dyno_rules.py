"""Each thing that a dyno punishes, made in a copy of its own: exactly one rule speaks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from flask.cli import run_command as flask_run
from gunicorn.config import KNOWN_SETTINGS

from lab.heroku.preflight import Finding, dyno_findings, preflight, requirements
from lab.heroku.preflight.procfile import FLAGS
from tests.lab.heroku.preflight.copies import Copy
from tools.pins import ROOT

EXTRAS = ROOT / "load_requirements.txt"  # they need not be installed here
DEPRECATED = "runtime-txt::deprecated"
UVICORN = "web: uvicorn apps.api.main:app --host 0.0.0.0 --port $PORT --timeout-keep-alive 95"
HYPERCORN = "hypercorn apps.api.main:app --bind 0.0.0.0:$PORT --keep-alive 95"
BY_VARIABLES = "web: UVICORN_HOST=0.0.0.0 UVICORN_PORT=$PORT"
GUNICORN = "web: gunicorn apps.api.main:app -k gthread --threads 4 --keep-alive 95"

Change = Callable[[Copy], None]


def web(command: str) -> Change:
    """Write the whole Procfile."""
    return lambda copy: copy.write("Procfile", command + "\n")


def gunicorn(command: str, settings: str = "") -> Change:
    """Serve by gunicorn, which requirements.txt then has, with a settings file if it is given."""

    def change(copy: Copy) -> None:
        copy.write("Procfile", command + "\n")
        copy.write("requirements.txt", f"fastapi\ngunicorn=={version('gunicorn')}\n")
        if settings:
            copy.write("gunicorn.conf.py", settings)

    return change


def hypercorn(command: str) -> Change:
    """Serve by hypercorn, which requirements.txt then has."""

    def change(copy: Copy) -> None:
        web(command)(copy)
        (pin,) = (line for line in EXTRAS.read_text().splitlines() if line.startswith("hypercorn="))
        copy.write("requirements.txt", f"fastapi\n{pin}\n")

    return change


def python(source: str) -> Change:
    """Start a file by Python itself."""

    def change(copy: Copy) -> None:
        copy.write("Procfile", "web: python main.py\n")
        copy.write("main.py", f"import uvicorn\n\nif __name__ == '__main__':\n    {source}\n")

    return change


SINGLE = "'$PORT'"
CALLABLE = "async def app(scope, receive, send):\n    FastAPI()"


def importing(line: str) -> Change:
    """Let the app import one thing more."""
    return lambda copy: copy.replace(
        "apps/prices/model.py", "import json\n", f"import json\n{line}\n"
    )


def with_a_folder(path: str, line: str) -> Change:
    """Have a file in a folder without Python, which has the name of a package; import that."""

    def change(copy: Copy) -> None:
        copy.write(path, "")
        importing(line)(copy)

    return change


def adding(path: str, text: str | bytes) -> Change:
    """Write one file more."""
    return lambda copy: copy.write(path, text)


def renaming(old: str, new: str) -> Change:
    """Give a file another name."""
    return lambda copy: copy.rename(old, new)


def ignoring(pattern: str) -> Change:
    """Leave more out of the slug."""
    return lambda copy: copy.replace(".slugignore", "/tests\n", f"/tests\n{pattern}\n")


def in_src(command: str) -> Change:
    """Have all packages in a folder src, and serve them by this command."""

    def change(copy: Copy) -> None:
        copy.rename("apps", "src/apps")
        gunicorn(command)(copy)
        copy.replace("requirements.txt", "fastapi\n", "fastapi\nuvicorn\n")

    return change


def utf_16(copy: Copy) -> None:
    """Write the Procfile as PowerShell does."""
    copy.write("Procfile", UVICORN.encode("utf-16"))


def without_requirement(copy: Copy) -> None:
    """Forget the server."""
    copy.write("requirements.txt", f"fastapi=={version('fastapi')}\n")


BREAKAGES: list[tuple[str, str, Change]] = [
    ("no Procfile", "dyno::no-procfile", lambda copy: copy.remove("Procfile")),
    ("small letters", "dyno::procfile-misspelt", renaming("Procfile", "procfile")),
    ("an ending", "dyno::procfile-misspelt", renaming("Procfile", "Procfile.txt")),
    ("in a folder", "dyno::procfile-misspelt", renaming("Procfile", "apps/Procfile")),
    ("UTF-16", "dyno::procfile-encoding", utf_16),
    ("a BOM", "dyno::procfile-encoding", adding("Procfile", UVICORN.encode("utf-8-sig"))),
    ("CRLF", "dyno::procfile-crlf", adding("Procfile", UVICORN + "\r\n")),
    ("a worker only", "dyno::no-web-process", web("worker: python work.py")),
    ("a capital letter", "dyno::no-web-process", web(UVICORN.replace("web", "Web"))),
    ("a blank command", "dyno::no-web-process", web("web: ")),
    ("no colon", "dyno::no-web-process", web(UVICORN.replace(":", "", 1))),
    ("port 8000", "dyno::fixed-port", web(UVICORN.replace("$PORT", "8000"))),
    ("no port", "dyno::fixed-port", web(UVICORN.replace("--port $PORT", ""))),
    ("single quotes", "dyno::fixed-port", web(UVICORN.replace("$PORT", SINGLE))),
    ("another variable", "dyno::fixed-port", web(UVICORN.replace("$PORT", "$PORTAL"))),
    ("a backslash", "dyno::fixed-port", web(UVICORN.replace("$PORT", "\\$PORT"))),
    ("a shell", "dyno::fixed-port", web("web: sh -c '" + UVICORN[5:].replace("$PORT", "80") + "'")),
    ("a script", "copy::unknown-command", web("web: ./start.sh")),
    ("equals sign", "dyno::fixed-port", web(UVICORN.replace("--port $PORT", "--port=8000"))),
    ("a Windows port", "dyno::fixed-port", web(UVICORN.replace("$PORT", "%PORT%"))),
    ("gunicorn's port", "dyno::fixed-port", gunicorn(f"{GUNICORN} -b 0.0.0.0:8000")),
    ("a name in its file", "dyno::fixed-port", gunicorn(GUNICORN, "bind = '0.0.0.0:$PORT'\n")),
    ("its file", "dyno::fixed-port", gunicorn(GUNICORN, "bind = '0.0.0.0:8000'\n")),
    ("in source", "dyno::fixed-port", python('uvicorn.run("a:b", host="0.0.0.0", port=8000)')),
    ("127.0.0.1", "dyno::loopback", web(UVICORN.replace("0.0.0.0", "127.0.0.1"))),
    ("no host", "dyno::loopback", web(UVICORN.replace("--host 0.0.0.0", ""))),
    ("gunicorn's host", "dyno::loopback", gunicorn(f"{GUNICORN} --bind 127.0.0.1:$PORT")),
    ("host in source", "dyno::loopback", python('uvicorn.run("a:b", port=int(input()))')),
    ("uvicorn's 5 s", "dyno::keep-alive", web(UVICORN.replace("--timeout-keep-alive 95", ""))),
    ("60 s", "dyno::keep-alive", web(UVICORN.replace("95", "60"))),
    ("gunicorn's 2 s", "dyno::keep-alive", gunicorn(GUNICORN.replace("--keep-alive 95", ""))),
    ("no server", "dyno::missing-dependency", without_requirement),
    ("pandas", "dyno::missing-dependency", importing("import pandas.api")),
    ("another name", "dyno::missing-dependency", importing("from sklearn import tree")),
    ("with what it brings", "dyno::missing-dependency", importing("import flask, werkzeug")),
    (
        "gunicorn's workers",
        "dyno::missing-dependency",
        gunicorn(f"{GUNICORN} -k uvicorn_worker.UvicornWorker"),
    ),
    ("FastAPI's own command", "dyno::missing-dependency", web("web: fastapi run apps/api/main.py")),
    ("not here", "dyno::missing-dependency", importing("import nowhere_to_be_found")),
    ("no package's name", "dyno::missing-dependency", importing("import _größe")),
    ("a folder", "dyno::missing-dependency", with_a_folder("pandas/data.csv", "import pandas")),
    ("in a function", "dyno::missing-dependency", importing("def f():\n    import pandas")),
    ("as main", "dyno::missing-dependency", python("import pandas")),
    ("own module", "dyno::module-not-committed", importing("import apps.prices.absent")),
    ("relative", "dyno::module-not-committed", importing("from .absent import x")),
    ("wrong module", "dyno::target-not-found", web(UVICORN.replace("api.main", "api.mian"))),
    ("wrong -m", "dyno::target-not-found", web("web: python -m apps.run")),
    ("wrong name", "dyno::target-not-found", web(UVICORN.replace(":app", ":application"))),
    ("not Python", "dyno::syntax-error", importing("def (")),
    ("package left out", "dyno::slugignored", ignoring("/apps/prices/model.py")),
    ("by a pattern", "dyno::slugignored", ignoring("model.*")),
    ("a whole folder", "dyno::slugignored", ignoring("/apps")),
    ("log settings", "dyno::slugignored", ignoring("*.json")),
    ("no log settings", "dyno::missing-file", lambda copy: copy.remove("apps/logging.json")),
    ("9 workers", "dyno::memory", web(UVICORN + " --workers 9")),
    ("WEB_CONCURRENCY", "dyno::memory", web(UVICORN.replace(": ", ": WEB_CONCURRENCY=9 "))),
    (
        "declared",
        "dyno::memory",
        adding("app.json", '{"env": {"WEB_CONCURRENCY": {"value": "9"}}}'),
    ),
    ("hypercorn's workers", "dyno::memory", hypercorn(f"web: {HYPERCORN} --workers 24")),
    ("workers in its file", "dyno::memory", gunicorn(GUNICORN, "workers = 12\n")),
]
CASES = [pytest.param(code, change, id=name) for name, code, change in BREAKAGES]


@pytest.mark.parametrize(("code", "change"), CASES)
def test_exactly_one_rule_speaks(copy: Copy, code: str, change: Change) -> None:
    change(copy)
    copy.commit()
    found = [one for one in preflight(copy.folder).findings if one.code != DEPRECATED]
    assert [one.code for one in found] == [code]
    assert found[0].headline
    assert found[0].cause
    assert found[0].remedy


# They end, or only look.
NO_SERVER = {"--version", "--check-config", "--print-config"}


def test_no_option_without_a_value_swallows_what_follows() -> None:
    """The servers' own options, as they are in the releases that are installed here."""
    uvicorn: click.Command = import_module("uvicorn.main").main
    known = {
        option
        for parameter in (*uvicorn.params, *flask_run.params)
        if isinstance(parameter, click.Option) and parameter.is_flag
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    known |= {
        option
        for setting in KNOWN_SETTINGS
        if setting.cli and setting.action in {"store_true", "store_false"}
        for option in setting.cli
    }
    assert known - NO_SERVER <= FLAGS


NO_NUMBER = {
    "uvicorn app:app --port {}": "'$PORT'",
    "gunicorn app:app --bind 127.0.0.1:{}": "'$PORT'",
    "flask --app app run --port {}": "\\$PORT",
    "uvicorn app:app --port  {}": "%PORT%",
}


@pytest.mark.parametrize("command", NO_NUMBER)
def test_a_word_as_the_port_ends_the_server_as_preflight_says(
    copy: Copy, tmp_path: Path, command: str
) -> None:
    """What a shell makes of it, and what the server: it ends at once, so no R10 can come."""
    line = command.format(NO_NUMBER[command])
    (tmp_path / "app.py").write_text("async def app(*_): ...\n", encoding="utf-8")
    variables = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PORT": "5000"}
    ended = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=variables, capture_output=True)
    assert ended.returncode > 0
    web(f"web: {line}")(copy)
    copy.commit()
    found = {one.code: one for one in preflight(copy.folder).findings}["dyno::fixed-port"]
    assert found.leads_to == "H10"
    assert f"the word {NO_NUMBER[command].strip(chr(39)).removeprefix(chr(92))}" in found.headline
    assert ("single quotes." in found.cause) == ("$" in line)


def test_a_flag_before_the_app_does_not_hide_it(copy: Copy) -> None:
    gunicorn(GUNICORN.replace("apps.api.main:app", "--capture-output apps.api.mian:app"))(copy)
    copy.commit()
    assert one_finding(copy).code == "dyno::target-not-found"


GOOD: list[tuple[str, Change]] = [
    ("the port in braces", web(UVICORN.replace("$PORT", "${PORT:-8000}"))),
    ("a computed word", web(UVICORN.replace("$PORT", "$((PORT))"))),
    ("the port in double quotes", web(UVICORN.replace("$PORT", '"$PORT"'))),
    ("single quotes in double", web(f'web: sh -c "{UVICORN[5:].replace("$PORT", SINGLE)}"')),
    ("the port told first", web(UVICORN.replace("web: ", "web: echo '$PORT' && "))),
    ("gunicorn's braces", gunicorn(f"{GUNICORN} -b 0.0.0.0:${{PORT:-8000}}")),
    ("gunicorn's user", gunicorn(GUNICORN.replace("apps.", "-u nobody -g nogroup apps."))),
    ("gunicorn's other options", gunicorn(GUNICORN.replace("apps.", "-n api -e A=1 -m 0 apps."))),
    ("Python's own option", web(UVICORN.replace("web: ", "web: python -u -m "))),
    (
        "uvicorn's own variables",
        web(UVICORN.replace("--host 0.0.0.0 --port $PORT ", "").replace("web:", BY_VARIABLES)),
    ),
    ("hypercorn's one worker", hypercorn(f"web: WEB_CONCURRENCY=99 {HYPERCORN}")),
    ("a quoted address", web(UVICORN.replace("--host 0.0.0.0", '--host "0.0.0.0"'))),
    ("a shell's exec", web(UVICORN.replace("web: ", "web: exec "))),
    ("a shell's -c", web("web: bash -c '" + UVICORN[5:] + "'")),
    ("a semicolon", web(UVICORN.replace("web: ", "web: echo begins; "))),
    ("a pipe", web(UVICORN + " | cat")),
    ("a factory", web(UVICORN.replace("main:app", "main:app()"))),
    (
        "an ASGI callable by hand",
        lambda copy: copy.replace("apps/api/main.py", "app = FastAPI()", CALLABLE),
    ),
    ("python -m", web(UVICORN.replace("web: ", "web: python -m "))),
    ("a release phase", web(f"release: python -c 1\n{UVICORN}")),
    ("a folder first", web(UVICORN.replace("web: ", "web: cd apps && ").replace("apps.", ""))),
    ("PYTHONPATH", in_src(f"web: PYTHONPATH=src:$PYTHONPATH {UVICORN[5:]}")),
    ("PYTHONPATH behind", in_src(f"web: PYTHONPATH=$PYTHONPATH:src {UVICORN[5:]}")),
    ("PYTHONPATH from home", in_src(f"web: PYTHONPATH=$HOME/src {UVICORN[5:]}")),
    ("PYTHONPATH besides", web(UVICORN.replace("web: ", "web: PYTHONPATH=lib "))),
    ("gunicorn's path", in_src(f"{GUNICORN} --pythonpath src")),
    ("a folder of uvicorn's", in_src(f"{UVICORN} --app-dir src")),
    ("gunicorn takes $PORT by itself", gunicorn(GUNICORN)),
    ("gunicorn's plain workers close", gunicorn("web: gunicorn apps.api.main:app")),
    ("a bind of the wrong kind", gunicorn(GUNICORN, "bind = {[]: 1}\n")),
    ("a computed bind", gunicorn(GUNICORN, "import os\nbind = os.environ['PORT']\n")),
    ("a computed port", python('uvicorn.run("a:b", host="0.0.0.0", port=int(input()))')),
    ("what a requirement brings", importing("import pydantic, starlette.routing")),
    ("a folder of its name", with_a_folder("starlette/a.md", "import starlette.routing")),
    ("optional", importing("try:\n    import pandas\nexcept ImportError:\n    pass")),
    ("suppressed", importing("with contextlib.suppress(ImportError):\n    import pandas")),
    ("the program itself", importing("import __main__")),
    (
        "a name that is made",
        lambda copy: copy.replace("apps/api/main.py", "app = F", "globals()['app'] = F"),
    ),
    ("on Windows", importing("import sys\nif sys.platform == 'win32':\n    import winreg_x")),
    ("not as main", importing("if __name__ == '__main__':\n    import pandas")),
    ("tests need more", adding("tests/test_more.py", "import pandas\n")),
    ("a negated pattern", ignoring("!/apps/prices/model.py")),
    ("kept whatever it says", ignoring("requirements.txt\nProcfile")),
    ("a larger dyno", adding("app.json", '{"formation": {"web": {"size": "standard-2x"}}}')),
]


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in GOOD])
def test_what_a_dyno_takes_is_not_blamed(copy: Copy, change: Change) -> None:
    change(copy)
    copy.commit()
    assert [one.code for one in preflight(copy.folder).findings] == [DEPRECATED]


def one_finding(copy: Copy) -> Finding:
    """Return the only thing that is said, but for the deprecation."""
    (found,) = (one for one in preflight(copy.folder).findings if one.code != DEPRECATED)
    return found


def test_the_unbroken_copy_is_silent_but_for_the_deprecation(whole_copy: Copy) -> None:
    result = preflight(whole_copy.folder)
    assert [one.code for one in result.findings] == [DEPRECATED]
    assert result.works
    assert "git rm runtime.txt" in result.findings[0].remedy


def test_a_procfile_in_the_folder_alone_is_not_committed(copy: Copy) -> None:
    copy.remove("Procfile")
    copy.write(".gitignore", "Procfile\n")
    copy.commit()
    copy.write("Procfile", UVICORN)
    assert one_finding(copy).code == "dyno::procfile-not-committed"


def test_a_module_in_the_folder_alone_is_not_committed(copy: Copy) -> None:
    importing("import helpers")(copy)
    copy.commit()
    copy.write("helpers.py", "")
    codes = [one.code for one in preflight(copy.folder).findings]
    assert codes == [DEPRECATED, "dyno::module-not-committed", "copy::uncommitted-changes"]


def test_what_is_not_committed_is_named_unless_the_slug_would_not_have_it(copy: Copy) -> None:
    copy.write("tests/test_new.py", "")
    copy.write("explore.ipynb", "")
    assert [one.code for one in preflight(copy.folder).findings] == [DEPRECATED]
    copy.write("apps/prices/model.py", "")
    copy.write("apps/new.py", "")
    found = one_finding(copy)
    assert (found.code, found.severity) == ("copy::uncommitted-changes", "warning")
    assert "apps/new.py, apps/prices/model.py." in found.cause
    assert [one.code for one in preflight(copy.folder, "main").findings] == [DEPRECATED]


def test_a_missing_package_is_named_as_pip_knows_it(copy: Copy) -> None:
    importing("from sklearn import tree")(copy)
    copy.commit()
    found = one_finding(copy)
    assert found.severity == "error"
    assert "scikit-learn is not in requirements.txt" in found.headline
    assert "apps/prices/model.py imports sklearn at line 2" in found.cause
    assert "This machine has it" in found.cause
    assert "pip show scikit-learn" in found.remedy
    importing("import google.cloud")(copy)
    copy.commit()
    (unsure,) = (one for one in preflight(copy.folder).findings if "google" in one.headline)
    assert "is that the package's name, too?" in unsure.remedy


def test_a_need_that_no_pip_understands_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages from before the rules have such lines."""
    old = SimpleNamespace(requires=["click (>=1<2", "h11"])
    monkeypatch.setattr(requirements, "found_here", {"old": old}.get)
    assert requirements.needs_of("old") == {"old", "h11"}


UNKNOWN = ("unheard-of", "git+https://example.org/prices.git", "./vendor", "-r https://a.org/b.txt")


@pytest.mark.parametrize("line", UNKNOWN)
def test_a_missing_package_is_not_certain_where_a_requirement_is_unknown(
    copy: Copy, line: str
) -> None:
    importing("import nowhere_to_be_found")(copy)
    copy.replace("requirements.txt", "uvicorn==", f"{line}\nuvicorn==")
    copy.commit()
    found = one_finding(copy)
    assert found.severity == "warning"
    assert f"It may come along with {line}, " in found.cause
    copy.replace("requirements.txt", line, "--extra-index-url https://example.org/simple")
    copy.commit()
    assert one_finding(copy).severity == "error"


def test_memory_says_what_it_rests_on_and_kills_at_twice_the_quota(copy: Copy) -> None:
    web(UVICORN + " --workers 10")(copy)
    copy.commit()
    some = one_finding(copy)
    assert (some.severity, some.leads_to) == ("warning", "R14")
    assert "--workers 10" in some.cause
    assert "This is an estimate" in some.cause
    assert "fastapi" in some.cause
    web(UVICORN + " --workers 40")(copy)
    copy.commit()
    many = one_finding(copy)
    assert (many.severity, many.leads_to) == ("error", "R15")


def test_memory_by_what_app_json_declares_is_said_to_be_that(copy: Copy) -> None:
    """No push sets it: an app that is made from app.json has it."""
    adding("app.json", '{"env": {"WEB_CONCURRENCY": {"value": "40"}}}')(copy)
    copy.commit()
    found = one_finding(copy)
    assert (found.severity, found.leads_to) == ("warning", "R15")
    assert "only when an app is made from it" in found.cause
    adding("app.json", '{"formation": {"web": {"size": "performance-m"}}}')(copy)
    web(UVICORN + " --workers 20")(copy)
    copy.commit()
    found = one_finding(copy)
    assert (found.severity, found.leads_to) == ("warning", "R15")
    assert "a basic dyno has 512 MB" in found.headline
    assert "With what stands there it fits." in found.cause


def test_a_slug_over_the_limit_says_what_it_rests_on(copy: Copy) -> None:
    copy.write("apps/large.bin", bytes(3_000_000))
    copy.commit()
    (found,) = dyno_findings(copy.folder, slug_limit_megabytes=2)
    assert (found.code, found.severity) == ("dyno::slug-size", "error")
    assert "3 MB of committed files" in found.cause
    assert "apps/large.bin" in found.cause
    copy.write(".slugignore", "*.bin\n")
    copy.commit()
    small = dyno_findings(copy.folder, slug_limit_megabytes=2)
    assert "apps/large.bin" not in "".join(one.cause for one in small)


def test_nothing_of_a_copy_is_run_and_nothing_in_it_changes(copy: Copy) -> None:
    mark = copy.folder.parent / "ran"
    for path in ("apps/__init__.py", "apps/api/__init__.py", "setup.py", "sitecustomize.py"):
        copy.write(path, f"open({str(mark)!r}, 'w')\n")
    copy.commit()
    copy.git("config", "core.fsmonitor", f"touch {mark}")
    before = copy.git("-c", "core.fsmonitor=false", "status", "--porcelain")
    preflight(copy.folder)
    assert not mark.exists()
    assert copy.git("-c", "core.fsmonitor=false", "status", "--porcelain") == before

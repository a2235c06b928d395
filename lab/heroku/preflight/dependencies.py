"""Rules for what the app needs on the dyno: its modules, its packages, its files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec

from packaging.utils import canonicalize_name

from lab.heroku.preflight import requirements
from lab.heroku.preflight.deploy import Deploy
from lab.heroku.preflight.finding import COMMIT, Finding
from lab.heroku.preflight.imports import Import, reach


def target(deploy: Deploy) -> Iterator[Finding]:
    """What the web command names must be committed, and be Python."""
    command = deploy.command
    if command is None or not deploy.start:
        return
    found = reach(deploy.files, deploy.start, deploy.folder)
    at_root = [one for one in found.files if one in deploy.files]
    module = deploy.start.replace(".", "/")
    expected = (
        deploy.start if deploy.start.endswith(".py") else f"{module}.py or {module}/__init__.py"
    )
    last = _file_of(deploy)
    if not at_root or not last:
        if command.options.get("-m") and not at_root:
            return  # a module of a package, perhaps
        yield Finding(
            "dyno::target-not-found",
            "error",
            f"The web command starts {deploy.start}, and no committed file is that.",
            f"It would be {expected}. The command is: {command.text}",
            f"Correct the name in the Procfile, or commit the file:\n  git add FILE{COMMIT}",
            leads_to="H10",
        )
    elif (name := _missing_name(deploy, last)) and command.program != "python":
        yield Finding(
            "dyno::target-not-found",
            "error",
            f"The web command serves {command.target}, and {last} defines no {name}.",
            f"The server looks for {name} in the module and finds nothing by that name.",
            f"Correct the name behind the colon in the Procfile, then run:\n  git add Procfile"
            f"{COMMIT}",
            leads_to="H10",
        )
    for path, line in deploy.reached.broken.items():
        yield Finding(
            "dyno::syntax-error",
            "error",
            f"{path} is not valid Python, at line {line}.",
            "The app imports it, and ends there as it starts.",
            f"Mend it, then run:\n  git add {path}{COMMIT}",
            leads_to="H10",
        )


def _file_of(deploy: Deploy) -> str:
    base = f"{deploy.folder}/" if deploy.folder else ""
    if deploy.start.endswith(".py"):
        path = base + deploy.start.removeprefix("./")
        return path if path in deploy.files else ""
    module = deploy.start.replace(".", "/")
    # The root is on PYTHONPATH, too.
    places = [f"{one}{module}" for one in dict.fromkeys((base, ""))]
    paths = (path for one in places for path in (f"{one}/__init__.py", f"{one}.py"))
    return next((path for path in paths if path in deploy.files), "")


def _missing_name(deploy: Deploy, path: str) -> str:
    """Return the name behind the colon when the module clearly does not define it."""
    assert deploy.command is not None
    name = deploy.command.target.partition(":")[2].partition("(")[0].partition(".")[0]
    try:
        tree = ast.parse(deploy.files.bytes_of(path))
    except (SyntaxError, ValueError):
        return ""
    defined = {
        *(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)),
        *(
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ),
        *(
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        ),
    }
    # By these it may get names that nobody sees in it.
    return "" if not name or defined & {name, "*", "__getattr__", "globals"} else name


def packages(deploy: Deploy) -> Iterator[Finding]:
    """Every package that is imported must be in requirements.txt."""
    if requirements.NAME not in deploy.files:
        return
    missing: dict[str, str] = {}
    for name in filter(None, (deploy.served_by, deploy.workers_from)):
        if not deploy.installed.offers(name):
            missing[name] = "The web command starts it"
    for module, one in sorted(deploy.reached.foreign.items()):
        if deploy.installed.offers(module):
            continue
        if _lies_about(deploy, module):
            yield _not_committed(one)
        else:
            package = str(canonicalize_name(requirements.package_of(module)))
            missing.setdefault(package, f"{one.file} imports {module} at line {one.line}")
    brought = {name: requirements.needs_of(name) for name in missing}
    for package, why in missing.items():
        # Who adds Flask has Werkzeug too: one line mends both.
        if not any(package in brought[other] - {other} for other in missing):
            yield _missing(deploy, package, why)
    for one in deploy.reached.absent.values():
        yield _not_committed(one)


def _missing(deploy: Deploy, package: str, why: str) -> Finding:
    unsure = sorted(deploy.installed.unknown)
    named = ", ".join(unsure[:3]) + (f" or {len(unsure) - 3} more" if len(unsure) > 3 else "")
    doubt = (
        f" It may come along with {named}, whose needs are unknown where it is not installed."
        if unsure
        else ""
    )
    here = " This machine has it, so the app runs here." if _is_here(package) else ""
    known = requirements.found_here(package) is not None
    look = f"the version here: pip show {package}" if known else "is that the package's name, too?"
    return Finding(
        "dyno::missing-dependency",
        "warning" if unsure else "error",
        f"{package} is not in requirements.txt, and the app needs it.",
        f"{why}, and nothing that requirements.txt names brings it.{here} The "
        f"dyno has requirements.txt alone.{doubt}",
        f"Add a line for {package} with its version to requirements.txt ({look}), or commit the "
        "file if it is your own. Then run:\n"
        f"  git add requirements.txt{COMMIT}",
        leads_to="H10",
    )


def _not_committed(one: Import) -> Finding:
    path = one.module.replace(".", "/")
    return Finding(
        "dyno::module-not-committed",
        "error",
        f"{one.file} imports {one.module}, and no committed file is that.",
        f"The import stands at line {one.line}. It would be {path}.py or {path}/__init__.py. Only "
        "what is committed is pushed.",
        f"Commit the file, or correct the import:\n  git add {path}.py{COMMIT}",
        leads_to="H10",
    )


def _lies_about(deploy: Deploy, module: str) -> bool:
    """Whether a file that is not committed is this module."""
    base = f"{deploy.folder}/{module}" if deploy.folder else module
    return any(path == f"{base}.py" or path.startswith(f"{base}/") for path in deploy.uncommitted)


def _is_here(package: str) -> bool:
    if requirements.found_here(package) is not None:
        return True
    try:
        return find_spec(package.replace("-", "_")) is not None
    except (ImportError, ValueError):
        return False


def slug_files(deploy: Deploy) -> Iterator[Finding]:
    """What the app imports, and what its command names, must be in the slug."""
    named = dict(_named_by_the_command(deploy))
    left_out = sorted((deploy.reached.files | set(named)) & deploy.files.left_out)
    if left_out:
        more = f" and {len(left_out) - 5} more" if len(left_out) > 5 else ""
        yield Finding(
            "dyno::slugignored",
            "error",
            f".slugignore leaves out {left_out[0]}, and the app needs it.",
            f"A pattern in .slugignore fits: {', '.join(left_out[:5])}{more}. What it fits is "
            "removed before the build, and the app does not find it when it starts.",
            f"Take that pattern out of .slugignore, then run:\n  git add .slugignore{COMMIT}",
            leads_to="H10",
        )
    for path, option in sorted(named.items()):
        if path not in deploy.files:
            yield Finding(
                "dyno::missing-file",
                "error",
                f"{path} is not committed, and the web command names it with {option}.",
                "The server looks for it as it starts, and only what is committed is pushed.",
                f"Run:\n  git add {path}{COMMIT}",
                leads_to="H10",
            )


def _named_by_the_command(deploy: Deploy) -> Iterator[tuple[str, str]]:
    """Yield the files that the web command names, with the option that names each."""
    if deploy.command is None:
        return
    for option in ("--log-config", "--config", "--env-file"):
        value = (deploy.command.option(option) or "").removeprefix("file:").removeprefix("./")
        if value and not value.startswith(("/", "python:", "$")):
            base = f"{deploy.command.folder}/" if deploy.command.folder else ""
            yield base + value, option

"""The rules of the build, in the order in which a build would meet them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lab.heroku import facts
from lab.heroku.preflight import app_json, installing, python_version, requirements
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.finding import COMMIT, Finding, said

Rule = Callable[[Committed], Iterator[Finding]]


def build_findings(
    repository: Path, commit: str = "HEAD", *, made_from_app_json: bool = False
) -> list[Finding]:
    """Return what the build of a commit will say, in build order.

    A build ends at its first error. All that can be found at once is returned here. Only the first
    build of an app that is made from app.json reads that file.

    Raises:
        NoRepositoryError: when there is no such commit.
    """
    return findings_of(Committed.read(repository, commit), made_from_app_json=made_from_app_json)


def findings_of(files: Committed, *, made_from_app_json: bool = False) -> list[Finding]:
    """Return what the build of these files will say."""
    if found := list(detection(files)):
        return found
    found = list(app_json.errors(files)) if made_from_app_json else []
    found += [finding for rule in BEFORE_PYTHON for finding in rule(files)]
    if requirements.NAME in files:  # without it, this is no project that pip installs
        found += [finding for rule in WITH_PIP for finding in rule(files)]
    return found


def detection(files: Committed) -> Iterator[Finding]:
    """Something at the root must say that this is Python."""
    known = facts.buildpack().detection
    if any(name in files for name in known.files) or files.folders & set(known.folders):
        return
    nested = _nested(files, requirements.NAME)
    where = f" There is {nested[0]}, but only the root counts." if nested else ""
    yield said(
        "detect",
        "No file at the root says that this is Python, such as requirements.txt. At the root "
        f"are: {', '.join(sorted(files.at_root)[:10]) or 'no files'}.{where}",
        "Commit requirements.txt at the root, or push the folder that has it:\n"
        "  git subtree push --prefix FOLDER heroku main"
        if nested
        else "Run:\n  git add requirements.txt" + COMMIT,
    )


def python_folder(files: Committed) -> Iterator[Finding]:
    """The buildpack's own folder must not be committed."""
    if ".heroku/python" in files or ".heroku/python" in files.folders:
        yield said(
            "checks::existing-python-dir",
            ".heroku/python is where the build puts Python, and it is committed.",
            "Run:\n  git rm -r --cached --quiet .heroku && echo .heroku/ >> .gitignore\n"
            f"  git add .gitignore{COMMIT}",
        )


def package_manager(files: Committed) -> Iterator[Finding]:
    """Exactly one package manager must have its file at the root."""
    known = facts.buildpack().package_managers
    found = [name for name in known if name in files]
    if "Pipfile" in files and "Pipfile.lock" not in files:
        yield said(
            "package-manager::pipenv-missing-lockfile",
            "There is a Pipfile, which stands for Pipenv, and no Pipfile.lock.",
            f"To stay with pip, run:\n  git rm Pipfile{COMMIT}\n"
            "To use Pipenv, run pipenv lock and commit Pipfile.lock.",
        )
    elif len(found) > 1:
        others = [name for name in found if name != requirements.NAME]
        each = ", ".join(f"{name} ({known[name]})" for name in found)
        yield said(
            "package-manager::multiple-found",
            f"Each of these files stands for a package manager: {each}. The build takes only one.",
            f"To stay with pip, run:\n  git rm {' '.join(others)}{COMMIT}",
        )
    elif not found and "setup.py" in files:
        yield said(
            "package-manager::setup-py-only",
            "There is a setup.py and no requirements.txt, and setup.py alone no longer counts.",
            "Commit a requirements.txt that names what the app imports:\n"
            f"  git add requirements.txt{COMMIT}",
        )
    elif not found:
        yield _none_found(files)
    elif found != [requirements.NAME]:
        yield Finding(
            "copy::other-package-manager",
            "warning",
            f"This project is installed by {known[found[0]]}, not by pip.",
            f"{found[0]} decides that. These rules know pip alone, so the rest of the build was "
            "not looked at.",
            "Nothing has to be done. To have it looked at, use a requirements.txt instead.",
        )


def _none_found(files: Committed) -> Finding:
    alike = [name for name in files.at_root if _looks_like_requirements(name)]
    if alike:
        return said(
            "package-manager::none-found",
            f"The file is called {alike[0]}, and only requirements.txt is read.",
            f"Run:\n  git mv {alike[0]} requirements.txt{COMMIT}",
        )
    if nested := _nested(files, requirements.NAME):
        return said(
            "package-manager::none-found",
            f"requirements.txt lies at {nested[0]}, and only the root counts.",
            f"Run:\n  git mv {nested[0]} requirements.txt{COMMIT}",
        )
    alone = " pyproject.toml alone is not enough." if "pyproject.toml" in files else ""
    return said(
        "package-manager::none-found",
        f"No requirements.txt is committed at the root.{alone} If the file is in your folder, it "
        "was not committed, or .gitignore names it.",
        f"Run:\n  git add --force requirements.txt{COMMIT}",
    )


def _looks_like_requirements(name: str) -> bool:
    plain = re.sub(r"[^a-z]", "", name.lower())
    return bool(re.fullmatch(r"requ?ire?m[ea]n?ts?(txt|text|txttxt)?", plain))


def _nested(files: Committed, name: str) -> list[str]:
    return sorted(path for path in files.files if path.endswith(f"/{name}"))


def environment_folder(files: Committed) -> Iterator[Finding]:
    """A virtual environment must not be committed."""
    for folder in (".venv", "venv"):
        if f"{folder}/pyvenv.cfg" in files:
            yield said(
                "checks::existing-venv-dir",
                f"{folder} is a virtual environment of one machine, and it is committed. The "
                "build makes its own.",
                f"Run:\n  git rm -r --cached --quiet {folder} && echo {folder}/ >> .gitignore\n"
                f"  git add .gitignore{COMMIT}",
                folder=folder,
            )


BEFORE_PYTHON: tuple[Rule, ...] = (
    python_folder,
    package_manager,
    environment_folder,
)
WITH_PIP: tuple[Rule, ...] = (
    python_version.reading,
    python_version.supported,
    python_version.advised,
    python_version.available,
    installing.pip_install,
    installing.collectstatic,
)

"""Drills whose push is refused: one for each error that the build of a pip project can meet."""

from __future__ import annotations

import random

from lab.heroku import facts
from lab.heroku.drills.acts import Ask
from lab.heroku.drills.drill import Drill, Question
from lab.heroku.drills.programs import FILES, WANTED, project

OTHERS = 3  # wrong answers: the causes and cures of other drills

NESTED = {f"api/{path}": text for path, text in FILES.items()}
VERSION = ".python-version"

SLUG = "dyno::slug-size"  # as preflight calls it; the platform has no reason code for it
SLUG_LIMIT = 1  # megabyte, so that little is already too much
# Numbers that look like chance are what no compression makes smaller.
WEIGHTS = random.Random(6).randbytes(1_100_000).hex() + "\n"

# code: what is changed in a working project, its cause, its cure
Row = tuple[dict[str, str | None], str, str]
BROKEN: dict[str, Row] = {
    "detect": (
        {**dict.fromkeys(FILES), **NESTED},
        "The project lies in a folder, and nothing at the root says that it is Python.",
        "Move the project to the root, or push its folder alone with git subtree push.",
    ),
    "checks::stack::eol": (
        {"app.json": '{"stack": "heroku-20"}\n'},
        "app.json asks for an operating system that the platform no longer has.",
        "Name a stack of today in app.json, such as heroku-24.",
    ),
    "checks::stack::unknown": (
        {"app.json": '{"stack": "ubuntu-24"}\n'},
        "app.json asks for an operating system that the platform has never had.",
        "Take the wrong name out of app.json: stacks are called heroku-24 and the like.",
    ),
    "checks::duplicate-python-buildpack": (
        {"app.json": '{"buildpacks": [{"url": "heroku/python"}, {"url": "heroku/python"}]}\n'},
        "The app is to be built by one and the same buildpack twice.",
        "Take one of the two entries out of the list of buildpacks.",
    ),
    "checks::existing-python-dir": (
        {".heroku/python/bin/python": "\n"},
        "The folder into which the build puts Python is committed.",
        "Take .heroku out of the commit: git rm -r --cached .heroku",
    ),
    "package-manager::pipenv-missing-lockfile": (
        {"Pipfile": "[packages]\n"},
        "There is a Pipfile without the file that fixes its versions.",
        "Remove the Pipfile, or commit its Pipfile.lock.",
    ),
    "package-manager::setup-py-only": (
        {"requirements.txt": None, "setup.py": "from setuptools import setup\n\nsetup()\n"},
        "Only setup.py tells what to install, and that no longer counts.",
        "Commit a requirements.txt in place of setup.py.",
    ),
    "package-manager::none-found": (
        {"requirements.txt": None, "requirement.txt": FILES["requirements.txt"]},
        "requirements.txt is not there under that very name.",
        "Give the file its right name: git mv requirement.txt requirements.txt",
    ),
    "package-manager::multiple-found": (
        {"uv.lock": "version = 1\n"},
        "Two files at the root each stand for another package manager.",
        "Keep one of the two files: git rm uv.lock",
    ),
    "checks::existing-venv-dir": (
        {".venv/pyvenv.cfg": "home = /usr/bin\n"},
        "The virtual environment of somebody's computer is committed.",
        "Take .venv out of the commit, and write it into .gitignore.",
    ),
    "runtime-txt::invalid-version": (
        {"runtime.txt": "3.13\n"},
        "runtime.txt names the version without the word that belongs before it.",
        "Write python-3.13 into runtime.txt, or 3.13 into .python-version alone.",
    ),
    "python-version-file::misspelled": (
        {VERSION: None, ".pythonversion": "3.13\n"},
        "The file that names the Python version has a hyphen too few in its name.",
        "Rename the file to .python-version.",
    ),
    "python-version-file::invalid-encoding": (
        {VERSION: "\ufeff3.13\n"},
        "An editor has written an invisible mark (a BOM) before the version.",
        "Save .python-version again as UTF-8 without BOM.",
    ),
    "python-version-file::invalid-version": (
        {VERSION: "python-3.13\n"},
        ".python-version names the version with a word before it, as runtime.txt does.",
        "Write the number alone into .python-version.",
    ),
    "python-version-file::no-version": (
        {VERSION: "# The newest that works.\n"},
        "The file that names the Python version has a comment in it, and no version.",
        "Write a version such as 3.13 under the comment, in digits.",
    ),
    "python-version-file::multiple-versions": (
        {VERSION: "3.13\n3.12\n"},
        "Two versions stand in a file from which the build takes one.",
        "Leave one line in .python-version, and try others on your own computer.",
    ),
    "python-version::eol": (
        {VERSION: "3.9\n"},
        "The project asks for a Python so old that nobody maintains it any more.",
        "Ask for a newer Python, such as 3.13.",
    ),
    "python-version::unknown-major": (
        {VERSION: "3.99\n"},
        "The project asks for a Python that does not exist yet.",
        "Ask for a Python that is there, such as 3.13.",
    ),
    "python-version::unknown-patch": (
        {VERSION: "3.13.99\n"},
        "The project asks for a patch of Python 3.13 that was never made.",
        "Leave the patch out: 3.13 gets the newest.",
    ),
    "install-dependencies::pip": (
        {"requirements.txt": "fastapi=>0.100\n"},
        "pip cannot read a line of requirements.txt.",
        "Write the comparison as pip knows it: >=, or better == with one version.",
    ),
    SLUG: (
        {"training/weights.txt": WEIGHTS},
        "What is committed, compressed and together with the packages, is larger than a slug may "
        "be.",
        "Name training/ in .slugignore: the app does not read what lies there.",
    ),
}
LESSON = "lab preflight finds this before the push, in a second."
ESTIMATED = (
    "Models, pictures and training data are what makes a slug large. lab preflight estimates its "
    "size before the push, and names the largest parts."
)


def _drill(code: str) -> Drill:
    change, cause, cure = BROKEN[code]
    files = {path: text for path, text in {**project(), **change}.items() if text is not None}
    headline = _says(code).replace("{stack}", "…").replace("{folder}", "venv")
    return Drill(
        code,
        "A push is refused",
        "The app runs on your computer, and Git has nothing against the push. The build has.",
        files,
        Question(cause, _of_others(code, 1)),
        Question(cure, _of_others(code, 2)),
        ESTIMATED if code == SLUG else f"{headline} {LESSON}",
        {**dict.fromkeys(change), **FILES},
        (Ask(WANTED),),
        says=_says(code),
        slug_limit_megabytes=SLUG_LIMIT if code == SLUG else None,
    )


def _says(code: str) -> str:
    """Return the line with which the build refuses the push."""
    if code == SLUG:
        return facts.platform().slug.refused
    return facts.buildpack().message_of(code).headline


def _of_others(code: str, part: int) -> dict[str, str]:
    """Return what is right for the drills that follow, each with the reason code to tell it by."""
    codes = list(BROKEN)
    start = codes.index(code)
    # Several codes may have one and the same line: by it, their causes cannot be told apart.
    others = [one for one in codes[start + 1 :] + codes[:start] if _says(one) != _says(code)]
    return {
        str(BROKEN[one][part]): f"That belongs to {one}. The message here is another."
        for one in others[1 : 2 * OTHERS : 2]
    }


DRILLS = tuple(_drill(code) for code in BROKEN)

"""`python -m tools.site`: build the website. `make site` installs what it needs first."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from contextlib import ExitStack, closing
from pathlib import Path

from tools.build_notebooks import ROOT
from tools.site import pages
from tools.site.running import LessonError, Runner

HERE = Path(__file__).resolve().parent
BUILD = ROOT / "build"
REPORTS = ROOT / "reports"


class SphinxError(Exception):
    """Sphinx has stopped. Says what Sphinx says."""


class FolderError(Exception):
    """The folder for the site holds something else. Says which."""


def build(
    target: Path,
    *,
    run: bool = True,
    chapters: Collection[str] | None = None,
    reports: Path = REPORTS,
) -> list[str]:
    """Build the site into a folder; return what Sphinx has to complain of.

    Without `run`, lessons have no outputs; where chapters are named, the others are left short.

    Raises:
        FolderError: the folder is neither empty nor one in which a site was built.
        LessonError: a lesson does not run to its end.
        SphinxError: Sphinx has stopped.
    """

    def beside(name: str) -> Path:
        return target.with_name(f"{target.name}-{name}")

    _claim(target, beside("doctrees"))
    with ExitStack() as stack:
        runner = stack.enter_context(closing(Runner(ROOT, beside("outputs")))) if run else None
        made = pages.lessons(ROOT, runner, chapters) | pages.documents(ROOT, reports)
    sys.stdout.write("Sphinx writes the pages ...\n")
    sys.stdout.flush()
    pages.write(made, beside("source"), ROOT, reports)
    shutil.rmtree(target, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "sphinx", "--builder", "html", "--quiet", "--jobs", "2"),
        *("--conf-dir", str(HERE), "--doctree-dir", str(beside("doctrees"))),
        *("--define", f"html_extra_path={beside('source') / pages.EXTRA}"),
        *(str(beside("source")), str(target)),
    ]
    plain = {**os.environ, "NO_COLOR": "1"}
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=plain)
    if answer.returncode:
        raise SphinxError(answer.stderr)
    return answer.stderr.splitlines()


def _claim(target: Path, mark: Path) -> None:
    """Leave a mark that a folder is for the site: all that it holds will be replaced."""
    if not mark.exists() and target.exists() and (target.is_file() or any(target.iterdir())):
        raise FolderError(
            f"{target} is there, and no site was built in it: nothing of it is touched. Name a "
            "folder that is new or empty."
        )
    mark.mkdir(parents=True, exist_ok=True)


def main() -> int:
    """Build the site, say where it is, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="make site", description="Build the workbook as a website that needs no network."
    )
    parser.add_argument(
        "--without-running", action="store_true", help="show the lessons without their outputs"
    )
    parser.add_argument(
        "--out", type=Path, default=BUILD / "site", metavar="FOLDER", help="default: build/site"
    )
    options = parser.parse_args()
    try:
        said = build(options.out.resolve(), run=not options.without_running)
    except (FolderError, LessonError, SphinxError) as error:
        sys.stderr.write(f"The site is not built. {error}\n")
        return 1
    for line in said:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"The site is in {options.out}: open index.html there in a browser.\n")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())

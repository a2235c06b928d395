"""Refresh the pins: the three files of requirements from the lists in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPLOYED = ROOT / "requirements.txt"
WORKBOOK = ROOT / "test_requirements.txt"
LOAD = ROOT / "load_requirements.txt"

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
# What load from several machines needs on top, pinned. Optional: `make extras` installs it.
# Made by `make pins` from the group "load" in pyproject.toml.
-r test_requirements.txt
"""


def resolve(*options: str) -> list[str]:
    """Return the pinned lines for every platform and every Python that the project supports."""
    command = [
        *(str(Path(sys.executable).parent / "uv"), "pip", "compile", "pyproject.toml"),
        *("--quiet", "--universal", "--upgrade", "--no-header", "--no-annotate"),
        *("--python-version", "3.11", "--fork-strategy", "fewest", *options),
    ]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"The packages do not fit together:\n{answer.stderr}")
    return answer.stdout.splitlines()


def main() -> None:
    """Write the files; each holds only what those before it do not."""
    everything = resolve("--group", "workbook")
    together = ROOT / ".venv" / "everything.txt"
    together.write_text("\n".join(everything), encoding="utf-8")
    deployed = resolve("--constraint", str(together))
    workbook = [line for line in everything if line not in deployed]
    # Resolved last: an extra must not decide which versions the workbook has.
    with_load = resolve("--group", "workbook", "--group", "load", "--constraint", str(together))
    load = [line for line in with_load if line not in everything]
    DEPLOYED.write_text(DEPLOYED_HEADER + "\n".join(deployed) + "\n", encoding="utf-8")
    WORKBOOK.write_text(WORKBOOK_HEADER + "\n".join(workbook) + "\n", encoding="utf-8")
    LOAD.write_text(LOAD_HEADER + "\n".join(load) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

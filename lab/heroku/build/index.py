"""What pip was told about package indexes on this machine, told to uv, which reads none of it."""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Mapping
from pathlib import Path

# What uv calls pip's settings.
NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
}
# uv's older names for the same: whoever has set one has told uv already.
ALSO = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}
# Variables that belong to the process that pushes, and would lead the installer astray.
OF_THE_CALLER = ("GIT_", "PYTHON", "VIRTUAL_ENV", "CONDA_", "UV_PYTHON", "UV_PROJECT")
# Settings of uv that choose other packages than pip would, or another way to install them.
CHOICES = (
    "UV_CONFIG_FILE",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_EXCLUDE",
    "UV_PRERELEASE",
    "UV_RESOLUTION",
    "UV_NO_BINARY",
    "UV_NO_BUILD",
    "UV_LINK_MODE",
    "UV_COMPILE_BYTECODE",
)


def installer_environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables for uv: this machine's, and pip's settings where uv has none."""
    here = dict(os.environ if variables is None else variables)
    other = (*OF_THE_CALLER, *CHOICES)
    told = {name: value for name, value in here.items() if not name.startswith(other)}
    for setting, value in _pip_settings(here).items():
        name = NAMES[setting]
        if name in told or ALSO.get(name, name) in told:
            continue
        separator = "," if setting == "find-links" else " "
        told[name] = separator.join(value.split())
        if setting == "extra-index-url":
            # pip takes the newest of all indexes; uv would stop at the first that has the name.
            told.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return told


def _pip_settings(variables: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in _pip_files(variables):
        parser = configparser.RawConfigParser()
        try:
            parser.read(file, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip itself would complain
        for section in ("global", "install"):
            if parser.has_section(section):
                found |= {name: value for name, value in parser.items(section) if name in NAMES}
    for name in NAMES:
        if given := variables.get(f"PIP_{name.upper().replace('-', '_')}"):
            found[name] = given
    return found


def _pip_files(variables: Mapping[str, str]) -> list[Path]:
    """Return pip's settings files, the weakest first, as its documentation has them."""
    home = Path(variables.get("HOME", str(Path.home())))
    given = variables.get("PIP_CONFIG_FILE", "")
    if given == os.devnull:
        return []
    return [
        Path("/etc/pip.conf"),
        home / ".pip" / "pip.conf",
        Path(variables.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf",
        Path(sys.prefix) / "pip.conf",
        *([Path(given)] if given else []),
    ]

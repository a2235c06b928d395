"""JupyterLab asks a first learner nothing: the settings are ones that it knows, and installed."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "tools" / "jupyterlab_settings.json"
PREFIX = Path(sys.prefix)


def test_jupyterlab_knows_each_setting_and_its_value() -> None:
    for plugin, settings in json.loads(SETTINGS.read_text(encoding="utf-8")).items():
        folder, name = plugin.split(":")
        file = PREFIX / "share" / "jupyter" / "lab" / "schemas" / folder / f"{name}.json"
        known = json.loads(file.read_text(encoding="utf-8"))["properties"]
        for key, value in settings.items():
            allowed = [one["const"] for one in known[key].get("oneOf", [])]
            kinds = {"string": str, "boolean": bool}
            assert isinstance(value, kinds[known[key]["type"]])
            assert value in (allowed or [value])


def test_they_are_installed_where_jupyterlab_looks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    target = PREFIX / shared[SETTINGS.relative_to(ROOT).as_posix()]
    assert target.parent == PREFIX / "etc" / "jupyter" / "labconfig"
    assert target.read_bytes() == SETTINGS.read_bytes(), "Run: make setup"

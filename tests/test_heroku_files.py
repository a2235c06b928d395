"""The files that Heroku reads, held to what its build and its router ask of them."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from importlib.metadata import Distribution, distribution, packages_distributions
from itertools import pairwise
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
ROUTER_KEEP_ALIVE = 90
KILLED_AFTER = 30
BOOT_SECONDS = 60
MOST_MEGABYTES = 300


def pinned(file: str) -> list[Requirement]:
    """Return the requirements of a file that apply to this machine."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    return [one for one in found if one.marker is None or one.marker.evaluate()]


def test_the_web_process_binds_the_port_and_outlives_the_router() -> None:
    kind, _, command = (ROOT / "Procfile").read_text(encoding="utf-8").strip().partition(": ")
    words = shlex.split(command)
    options = dict(pairwise(words))
    assert kind == "web"
    assert words[:2] == ["uvicorn", "apps.fastapi_app.main:app"]
    assert options["--host"] == "0.0.0.0"
    assert options["--port"] == "$PORT"
    assert int(options["--timeout-keep-alive"]) > ROUTER_KEEP_ALIVE
    assert int(options["--timeout-graceful-shutdown"]) < KILLED_AFTER
    # A worker that still loads the model on a slow dyno must not be killed for it.
    assert 5 < int(options["--timeout-worker-healthcheck"]) < BOOT_SECONDS


def test_runtime_names_a_version_in_the_form_that_the_build_takes() -> None:
    assert re.fullmatch(
        r"python-3\.\d+", (ROOT / "runtime.txt").read_text(encoding="utf-8").strip()
    )


def test_everything_is_pinned_and_nothing_twice() -> None:
    deployed, workbook = pinned("requirements.txt"), pinned("test_requirements.txt")
    for requirement in [*deployed, *workbook]:
        assert str(requirement.specifier).startswith("=="), requirement
    assert not {one.name for one in deployed} & {one.name for one in workbook}
    text = (ROOT / "test_requirements.txt").read_text(encoding="utf-8")
    assert "-r requirements.txt" in text.splitlines()


def test_no_other_package_manager_has_a_file_at_the_root() -> None:
    for name in ("uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock", "setup.py"):
        assert not (ROOT / name).exists()


# Stands for an environment with requirements.txt alone: any other package is not to be found.
ONLY_THESE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused!r}:
            raise ModuleNotFoundError(f"{{name}} is not in requirements.txt", name=name)

sys.meta_path.insert(0, Refuse())
import apps.fastapi_app.main
"""


def test_the_deployed_app_needs_only_what_is_installed_for_it() -> None:
    installed = {one.name.replace("_", "-").lower() for one in pinned("requirements.txt")}
    refused = {
        module
        for module, owners in packages_distributions().items()
        if not {owner.replace("_", "-").lower() for owner in owners} & {*installed, "served-twice"}
    }
    assert {"flask", "pandas", "sklearn", "requests"} <= refused
    code = ONLY_THESE.format(refused=refused)
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_what_is_installed_is_small() -> None:
    size = sum(size_of(distribution(one.name)) for one in pinned("requirements.txt"))
    assert size < MOST_MEGABYTES * 1e6


def size_of(found: Distribution) -> int:
    """Return the bytes that a distribution takes on disk."""
    files = [Path(str(file.locate())) for file in found.files or []]
    return sum(file.stat().st_size for file in files if file.is_file())


def test_app_json_keeps_to_its_limits_and_names_real_settings() -> None:
    from apps.house_prices.settings import Settings

    app = json.loads((ROOT / "app.json").read_text(encoding="utf-8"))
    assert len(app["name"]) <= 30
    assert {name.lower() for name in app["env"]} <= set(Settings.model_fields)


def test_the_slug_leaves_out_what_the_app_does_not_need() -> None:
    ignored = (ROOT / ".slugignore").read_text(encoding="utf-8").split()
    assert {"/tests", "/training", "/notebooks", "/apps/flask_app"} <= set(ignored)
    for path in ignored:
        assert not path.startswith(("/apps/house_prices", "/apps/fastapi_app"))

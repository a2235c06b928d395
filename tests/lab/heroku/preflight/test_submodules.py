"""Repositories within the copy: a commit holds where they stand, and nothing of what is in them."""

from __future__ import annotations

from lab.heroku.preflight import preflight
from tests.lab.heroku.preflight.copies import Copy

DEPRECATED = "runtime-txt::deprecated"


def add_submodule(copy: Copy, path: str) -> None:
    """Commit one, as a clone without its submodules has it: an empty folder."""
    (copy.folder / path).mkdir()
    commit = copy.git("rev-parse", "HEAD").strip()
    copy.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{path}")
    copy.git("commit", "--quiet", "--message", "Add a submodule")


def test_a_submodule_is_said_and_stops_nothing(copy: Copy) -> None:
    add_submodule(copy, "apps/shared")
    result = preflight(copy.folder)
    assert result.works
    (found,) = (one for one in result.findings if one.code != DEPRECATED)
    assert (found.code, found.severity) == ("copy::submodules", "warning")
    assert found.headline == "apps/shared is a submodule."
    assert "2024-05-09" in found.cause
    assert "git rm --cached apps/shared" in found.remedy


def test_what_is_imported_from_a_submodule_is_not_missed(copy: Copy) -> None:
    """Whether it is there, only the build can see."""
    copy.replace("apps/prices/model.py", "import json", "from apps.shared.trees import grow")
    copy.commit()
    add_submodule(copy, "apps/shared")
    codes = [one.code for one in preflight(copy.folder).findings]
    assert codes == [DEPRECATED, "copy::submodules"]


def test_the_remedy_takes_the_files_in(copy: Copy) -> None:
    add_submodule(copy, "apps/shared")
    copy.write("apps/shared/trees.py", "")
    copy.git("rm", "--quiet", "--cached", "apps/shared")
    copy.git("add", "apps/shared")
    copy.git("commit", "--quiet", "--message", "Mend the deploy")
    assert [one.code for one in preflight(copy.folder).findings] == [DEPRECATED]

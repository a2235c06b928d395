"""Which lessons there are, and where their kernels may start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tools.build_notebooks import ROOT


@pytest.fixture(scope="session", autouse=True)
def own_jupyter_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the kernels of these tests away from the learner's own settings and answers."""
    own = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "LAB_WORKSPACE"):
            patch.setenv(name, str(own))
        yield


# The ids of tests: tests/scheduling.py keeps the tests of one run of a lesson together by them.
FOLDERS = {".": "from-the-root", "notebooks": "from-notebooks"}
CHAPTERS = sorted(file.stem for file in (ROOT / "content").glob("*.py"))


def folders(chapter: str, both: bool) -> list[str]:
    """Return where the kernel of a chapter may start.

    JupyterLab starts it beside the notebook, others at the root. The way of starting has nothing to
    do with the chapter, so one is enough to try both. It takes as long as a lesson and fails only
    when somebody makes a path depend on the folder, so that is done with `--long`.
    """
    return [".", "notebooks"] if both and chapter.startswith("00") else ["notebooks"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a folder in each folder of its chapter, or of every chapter."""
    both = bool(metafunc.config.getoption("long"))
    if "chapter" in metafunc.fixturenames:
        pairs = [(chapter, folder) for chapter in CHAPTERS for folder in folders(chapter, both)]
        ids = [f"{chapter}-{FOLDERS[folder]}" for chapter, folder in pairs]
        metafunc.parametrize(("chapter", "folder"), pairs, ids=ids)
    elif "folder" in metafunc.fixturenames:
        module = metafunc.module.__name__.rpartition(".")[2]
        metafunc.parametrize("folder", folders(module.removeprefix("test_"), both), ids=FOLDERS.get)

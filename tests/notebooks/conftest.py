"""Which lessons there are, and where their kernels may start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tools.build_notebooks import ROOT


@pytest.fixture(scope="session", autouse=True)
def own_jupyter_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the kernels of these tests away from the learner's own settings and connections."""
    own = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(own))
        yield


@pytest.fixture(params=sorted(file.stem for file in (ROOT / "content").glob("*.py")))
def chapter(request: pytest.FixtureRequest) -> str:
    """Each chapter's name."""
    return str(request.param)


@pytest.fixture(params=[".", "notebooks"], ids=["from-the-root", "from-notebooks"])
def folder(request: pytest.FixtureRequest) -> str:
    """Where a kernel may start: JupyterLab starts it beside the notebook, others at the root."""
    return str(request.param)

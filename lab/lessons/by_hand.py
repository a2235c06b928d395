"""Take a saved program into the notebook, to call its functions without any server."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from lab.lessons.programs import folder


def load_program(name: str) -> ModuleType:
    """Run a saved program in this process and return it as a module, afresh at each call.

    Raises FileNotFoundError when its cell has not run.
    """
    file = folder() / name
    if not file.exists():
        raise FileNotFoundError(f"There is no program {name} yet. Run its cell first.")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

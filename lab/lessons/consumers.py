"""The programs in clients/: their source, what they print, and their functions."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from lab.lessons.throwaway import Throwaway

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = ROOT / "clients"
SECONDS = 60
MICROPYTHON = "micropython_unix"


def excerpt(file: str, first: str, last: str) -> str:
    """Return the numbered lines of a client's file, from the first that holds `first` to `last`.

    Raises ValueError when there are no such lines: the file has changed.
    """
    lines = (CLIENTS / file).read_text(encoding="utf-8").splitlines()
    start = next((number for number, line in enumerate(lines) if first in line), None)
    if start is None:
        raise ValueError(f"No line of clients/{file} holds {first!r}.")
    end = next((n for n in range(start, len(lines)) if last in lines[n]), None)
    if end is None:
        raise ValueError(f"No line of clients/{file} from {start + 1} on holds {last!r}.")
    shown = [f"{number + 1:4}  {lines[number]}".rstrip() for number in range(start, end + 1)]
    return "\n".join([f"clients/{file}", *shown])


def run_client(file: str, *arguments: object, interpreter: str = "python") -> None:
    """Run a client as a program of its own, and print the command and what it has printed.

    `interpreter` is "python", "micropython" or "sh". Where there is none, that is printed.
    """
    words = [str(argument) for argument in arguments]
    sys.stdout.write(f"$ {shlex.join([interpreter, f'clients/{file}', *words])}\n")
    program = _program(interpreter)
    if not program:
        sys.stdout.write(f"There is no {interpreter} on this computer: nothing was run.\n")
        return
    done = subprocess.run(
        [*program, str(CLIENTS / file), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        env=os.environ | {"PYTHONPATH": str(_generated_folder())},
    )
    sys.stdout.write(done.stdout)
    if done.returncode:
        sys.stdout.write(f"(exit status {done.returncode})\n")


def generate_client(contract_url: str) -> Path:
    """Generate the typed client from the contract at this URL; return the package's folder.

    Raises RuntimeError with what the generator has said when it does not succeed.
    """
    target = _generated_folder() / "house_prices_client"
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *("--url", contract_url, "--config", str(CLIENTS / "typed" / "generator.yaml")),
        *("--overwrite", "--output-path", str(target)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    if str(target.parent) not in sys.path:
        sys.path.insert(0, str(target.parent))
    return target


def load(file: str) -> ModuleType:
    """Return a client's file as a module, so that its functions can be called."""
    path = CLIENTS / file
    # Two of the clients have a file of the same name, so the folder is part of the module's.
    name = f"client_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.exists():
        raise FileNotFoundError(f"There is no clients/{file}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _program(interpreter: str) -> list[str]:
    """Return how an interpreter is called here; nothing when there is none."""
    if interpreter == "python":
        return [sys.executable]
    if interpreter == "micropython":
        found = importlib.util.find_spec(MICROPYTHON) is not None
        return [sys.executable, "-m", MICROPYTHON] if found else []
    needed = [shutil.which("sh"), shutil.which("curl")]
    return [str(needed[0])] if all(needed) else []


@cache
def _generated_folder() -> Path:
    """Return the folder for generated code: made once, gone with this process."""
    return Throwaway("served-twice-").path

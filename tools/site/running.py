"""Run lessons for their outputs, and keep these: a lesson runs again only when it has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

# What a lesson runs. When any of it has changed, its old outputs may be wrong.
RUN = ("apps", "clients", "lab", "training")
PINS = ("requirements.txt", "test_requirements.txt")
CELL_SECONDS = 600  # lesson 08 installs packages in one


class LessonError(Exception):
    """A lesson that does not run to its end. Says which cell, and what it says."""


class Runner:
    """Runs lessons of a repository, or takes their outputs from where the last run kept them."""

    def __init__(self, root: Path, kept: Path) -> None:
        self._root = root
        folder = kept / digest(root)
        for old in kept.glob("*"):
            if old != folder:
                shutil.rmtree(old)
        folder.mkdir(parents=True, exist_ok=True)
        self._cache = get_cache(str(folder))

    def outputs(self, name: str, lesson: NotebookNode) -> NotebookNode:
        """Return the lesson with its outputs.

        Raises:
            LessonError: a cell fails.
        """
        try:
            found: NotebookNode = self._cache.merge_match_into_notebook(lesson)[1]
            return found
        except KeyError:
            pass
        started = time.monotonic()
        sys.stdout.write(f"{name}: runs ... ")
        sys.stdout.flush()
        self._run(name, lesson)
        sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
        self._cache.cache_notebook_bundle(CacheBundleIn(lesson, name), overwrite=True)
        return lesson

    def close(self) -> None:
        """Let go of the database in which outputs are kept."""
        self._cache.db.dispose()

    def _run(self, name: str, lesson: NotebookNode) -> None:
        with tempfile.TemporaryDirectory(prefix="site-") as workspace:
            client = NotebookClient(
                lesson,
                timeout=CELL_SECONDS,
                kernel_name="python3",
                record_timing=False,  # the cache would take times for a change of the lesson
                resources={"metadata": {"path": str(self._root / "notebooks")}},
            )
            try:
                # A workspace of its own: nobody's answers and progress are shown or changed.
                # The kernel's own warnings go nowhere: they are not the lesson's.
                client.execute(
                    env={**os.environ, "LAB_WORKSPACE": workspace}, stderr=subprocess.DEVNULL
                )
            except CellExecutionError as error:
                said = f"{error.ename}: {error.evalue}"
                raise LessonError(f"{name}, cell {_failed(lesson)}: {said}") from error
            except (CellTimeoutError, DeadKernelError) as error:
                raise LessonError(
                    f"{name}: {str(error).splitlines()[0]} Build it when the machine has less to "
                    "do, or leave the outputs out: make site ARGS=--without-running"
                ) from error


def digest(root: Path) -> str:
    """Return a name for the code and the packages that lessons run."""
    found = [file for folder in RUN for file in (root / folder).rglob("*") if _counts(file)]
    total = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for file in sorted([*found, *(root / pin for pin in PINS)]):
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:16]


def _failed(lesson: NotebookNode) -> str:
    for cell in lesson.cells:
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            return str(cell.id)
    return "?"


def _counts(file: Path) -> bool:
    return file.is_file() and not {"__pycache__", "node_modules"} & set(file.parts)

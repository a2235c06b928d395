"""Set a file aside that cannot be read, so that nothing is written over it."""

from __future__ import annotations

from pathlib import Path


def set_aside(file: Path) -> Path:
    """Rename a file to the first free name such as `results.unreadable-1.json`, and return it."""
    names = (file.with_name(f"{file.stem}.unreadable-{n}{file.suffix}") for n in range(1, 10_000))
    aside = next(name for name in names if not name.exists())
    file.rename(aside)
    return aside

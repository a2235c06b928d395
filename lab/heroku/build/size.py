"""How large a slug gets: measured by compressing it, and keeping nothing of the result."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import cast

MEGABYTE = 1_000_000
# The fastest: the result is a little larger than the platform's own.
LEVEL = 1


class Counter(io.RawIOBase):
    """A file that keeps the number of its bytes, and not the bytes."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        """Say that one can write here."""
        return True

    def write(self, data: object) -> int:
        """Count."""
        number = len(memoryview(cast("bytes", data)))
        self.size += number
        return number


def compressed(folder: Path) -> int:
    """Return how many bytes a folder takes as a compressed archive."""
    counter = Counter()
    with tarfile.open(fileobj=counter, mode="w:gz", compresslevel=LEVEL) as archive:
        archive.add(folder, arcname=".", recursive=True)
    return counter.size


def shown(size: int) -> str:
    """Return a size as the build log writes it, such as 66.1M."""
    return f"{size / MEGABYTE:.1f}M"

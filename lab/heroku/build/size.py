"""How large a slug gets: measured by compressing it, and keeping nothing of the result."""

from __future__ import annotations

import io
import tarfile
import zlib
from pathlib import Path
from typing import cast

MEGABYTE = 1_000_000
# The fastest: the result is a little larger than the platform's own.
LEVEL = 1
PIECE = 128 * 1024  # bytes
EVERY = 8  # of a file with more pieces than these, every eighth piece stands for eight


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
    """Return about how many bytes a folder takes as a compressed archive.

    Most of an environment is a few large libraries. To compress them whole would take most of the
    time of a push; for the packages of this project, their parts give the same within 1 %.
    """
    counter = Counter()
    large: list[tarfile.TarInfo] = []

    def keep_small(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        if member.isreg() and member.size > EVERY * PIECE:
            large.append(member)
            return None
        return member

    with tarfile.open(fileobj=counter, mode="w:gz", compresslevel=LEVEL) as archive:
        archive.add(folder, arcname=".", recursive=True, filter=keep_small)
    return counter.size + sum(_by_its_parts(folder / one.name, one.size) for one in large)


def _by_its_parts(file: Path, size: int) -> int:
    compressor = zlib.compressobj(LEVEL)
    taken = left = 0
    with file.open("rb") as whole:
        for place in range(0, size, EVERY * PIECE):
            whole.seek(place)
            piece = whole.read(PIECE)
            taken += len(piece)
            left += len(compressor.compress(piece))
    return (left + len(compressor.flush())) * size // taken


def shown(size: int) -> str:
    """Return a size as the build log writes it, such as 66.1M."""
    return f"{size / MEGABYTE:.1f}M"

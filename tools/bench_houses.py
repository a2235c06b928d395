"""Write lab/bench/houses.json: what the comparison lab asks prices for.

A hundred real houses out of the sales, as a person would describe them. A file, because reading all
the sales would take a second of every session.
"""

from __future__ import annotations

import json

from lab.bench.workloads import COLUMNS, HOUSES, HOUSES_FILE
from lab.listings.houses import listed_houses


def text() -> str:
    """Return the file's content: one house a line."""
    listed = list(listed_houses().values())
    chosen = listed[:: len(listed) // HOUSES][:HOUSES]
    lines = [json.dumps({name: house[name] for name in COLUMNS}) for house in chosen]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def main() -> None:
    """Write the file."""
    HOUSES_FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()

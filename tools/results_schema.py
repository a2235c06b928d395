"""Write docs/results.schema.json, the JSON Schema of the comparison lab's results files."""

from __future__ import annotations

import json
from pathlib import Path

from lab.bench.results import Results

FILE = Path(__file__).resolve().parent.parent / "docs" / "results.schema.json"


def schema() -> str:
    """Return the schema as text."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Results of lab bench",
        **Results.model_json_schema(mode="serialization"),
    }
    return json.dumps(document, indent=2) + "\n"


def main() -> None:
    """Write the file."""
    FILE.write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()

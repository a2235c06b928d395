"""The documented schema of results files is the one that the lab writes."""

from __future__ import annotations

import json

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.lab.bench.sample import sample
from tools.results_schema import FILE, schema


def test_the_committed_schema_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == schema(), "run `python -m tools.results_schema`"


def test_a_results_file_fits_it_and_another_file_does_not() -> None:
    document = json.loads(schema())
    results = json.loads(sample().model_dump_json())
    jsonschema.validate(results, document)
    del results["rows"][0]["throughput"]
    with pytest.raises(jsonschema.ValidationError, match="throughput"):
        jsonschema.validate(results, document)

"""The log that learners search has one failed request, and its cause only under its id."""

from __future__ import annotations

import json

from lab.given_log import given_log


def test_one_request_failed_and_only_its_id_leads_to_the_cause() -> None:
    records = [json.loads(line) for line in given_log()]
    (failed,) = [record for record in records if record["message"].endswith(" 500")]
    story = [one["message"] for one in records if one["request_id"] == failed["request_id"]]
    assert story == [
        "asked for the price of listing 22",
        "the listing has no living area: 0 is used instead",
        "the request failed",
        "GET /listings/22/price 500",
    ]
    # Neither the first line at ERROR nor the last one before the failure belongs to it.
    errors = [record for record in records if record["level"] == "ERROR"]
    assert [one["request_id"] == failed["request_id"] for one in errors] == [False, False, True]


def test_every_request_has_a_beginning_and_an_end_and_they_overlap() -> None:
    records = [json.loads(line) for line in given_log()]
    ids = [record["request_id"] for record in records]
    assert len(set(ids)) == 16
    for name in set(ids):
        story = [record["message"] for record in records if record["request_id"] == name]
        assert story[0].startswith("asked for the price of listing ")
        assert story[-1].startswith("GET /listings/")
    assert ids != sorted(ids, key=ids.index)
    assert [record["time"] for record in records] == sorted(record["time"] for record in records)

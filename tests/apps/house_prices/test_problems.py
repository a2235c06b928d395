import json

import pytest

from apps.house_prices.problems import (
    LISTED_ERRORS,
    TITLES,
    ProblemError,
    allow_header,
    document,
    invalid_input,
    too_large,
)


def test_a_document_has_the_members_of_the_standard() -> None:
    made = json.loads(document(ProblemError(404), "abc"))
    assert made == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this path. The contract is at /docs.",
        "instance": "/requests/abc",
    }


@pytest.mark.parametrize("status", TITLES)
def test_every_status_has_a_title_and_a_detail(status: int) -> None:
    made = json.loads(document(ProblemError(status), "abc"))
    assert made["status"] == status
    assert made["title"]
    assert made["detail"]


def test_input_errors_keep_place_message_and_kind_and_nothing_else() -> None:
    error = {"loc": ("body", "inputs", 0, "YearBuilt"), "msg": "wrong", "type": "t", "input": "X"}
    problem = invalid_input([error])
    assert problem.status == 422
    assert problem.errors == [
        {"loc": ["body", "inputs", 0, "YearBuilt"], "msg": "wrong", "type": "t"}
    ]


def test_an_unknown_name_gets_the_nearest_known_one() -> None:
    error = {"loc": ("body", "inputs", 0, "OverallQal"), "msg": "x", "type": "extra_forbidden"}
    assert invalid_input([error]).errors == [
        {
            "loc": ["body", "inputs", 0, "OverallQal"],
            "msg": "Unknown name. Did you mean OverallQual?",
            "type": "extra_forbidden",
        }
    ]


def test_a_long_unknown_name_is_cut() -> None:
    error = {"loc": ("body", "x" * 10_000), "msg": "x", "type": "extra_forbidden"}
    assert len(document(invalid_input([error]), "abc")) < 500


def test_many_errors_are_counted_and_the_first_listed() -> None:
    error = {"loc": ("body",), "msg": "x", "type": "t"}
    problem = invalid_input([error] * 2_500)
    assert problem.detail == f"The input has 2,500 errors; the first {LISTED_ERRORS} are listed."
    assert len(problem.errors or []) == LISTED_ERRORS


def test_too_large_says_the_limit() -> None:
    assert "5,000 bytes" in too_large(5_000).detail


def test_head_goes_wherever_get_goes() -> None:
    assert allow_header(["GET", " OPTIONS"]) == "GET, HEAD"
    assert allow_header(["POST"]) == "POST"

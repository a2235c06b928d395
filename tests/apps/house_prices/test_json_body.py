import pytest

from apps.house_prices.json_body import parse, require_json
from apps.house_prices.messages import PredictRequest
from apps.house_prices.problems import ProblemError


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON", "application/json; charset=utf-8"],
)
def test_json_is_accepted(content_type: str) -> None:
    require_json(content_type)


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/jsonp", "json"])
def test_anything_else_is_not(content_type: str | None) -> None:
    with pytest.raises(ProblemError) as refused:
        require_json(content_type)
    assert refused.value.status == 415
    assert "application/json" in refused.value.detail


def test_a_body_is_parsed_and_checked() -> None:
    body = b'{"inputs": [{"GrLivArea": 900, "OverallQual": "5", "Neighborhood": "NAmes", '
    [house] = parse(body + b'"YearBuilt": 1961.0}]}', PredictRequest).inputs
    assert (house.GrLivArea, house.OverallQual, house.YearBuilt) == (900.0, 5, 1961)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"inputs": []} x',
        b"// comment\n{}",
        b"\xef\xbb\xbf{}",
        '{"a": "é"}'.encode("utf-16"),
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b"[" * 9_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_not_json_is_refused(body: bytes) -> None:
    with pytest.raises(ProblemError) as refused:
        parse(body, PredictRequest)
    assert refused.value.status == 422
    [error] = refused.value.errors or []
    assert error["type"] == "json_invalid"
    assert error["loc"] == ["body"]
    assert "Invalid JSON" in error["msg"]


def test_what_does_not_fit_the_schema_is_refused_with_its_place() -> None:
    with pytest.raises(ProblemError) as refused:
        parse(b'{"inputs": [{"GrLivArea": NaN}]}', PredictRequest)
    errors = refused.value.errors or []
    assert errors[0]["loc"] == ["body", "inputs", 0, "GrLivArea"]
    assert "finite" in errors[0]["msg"]

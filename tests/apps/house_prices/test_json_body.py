import pytest

from apps.house_prices.json_body import parse_json, require_json
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


def test_a_body_is_parsed() -> None:
    assert parse_json(b'{"inputs": [1, 2.5, "x", null]}') == {"inputs": [1, 2.5, "x", None]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a": 1} x',
        b'{"a": NaN}',
        b'{"a": Infinity}',
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
        parse_json(body)
    assert refused.value.status == 422
    errors = refused.value.errors or []
    assert [error["type"] for error in errors] == ["json_invalid"]

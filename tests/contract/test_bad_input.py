"""Whatever a client sends wrongly, every app answers the same problem document and goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
import requests

from tests.contract.client import GOOD_HOUSE, Api

MANY = 10_001


@dataclass(frozen=True)
class Case:
    """A body for predict, the status it must get, and words that the answer must hold."""

    name: str
    body: bytes
    status: int = 422
    words: str = ""
    content_type: str | None = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def house(**changes: object) -> bytes:
    """Return a predict body with one house, changed."""
    return json.dumps({"inputs": [GOOD_HOUSE | changes]}).encode()


CASES = [
    Case("empty body", b"", words="Invalid JSON"),
    Case("malformed", b'{"inputs": [', words="Invalid JSON"),
    Case("trailing garbage", b'{"inputs": []} x', words="Invalid JSON"),
    Case("a list instead of an object", b"[]", words="should be an object"),
    Case("no inputs", b"{}", words="Field required"),
    Case("inputs is not a list", b'{"inputs": 1}', words="valid array"),
    Case("a house is not an object", b'{"inputs": [1]}', words="should be an object"),
    Case("empty list", b'{"inputs": []}', words="at least 1 item"),
    Case("too many houses", json.dumps({"inputs": [{}] * MANY}).encode(), words="at most 10000"),
    Case(
        "unknown name beside inputs",
        b'{"inputs": [], "input": []}',
        words="The one name here is inputs",
    ),
    Case("missing required", b'{"inputs": [{}]}', words="GrLivArea"),
    Case("required but null", house(GrLivArea=None), words="GrLivArea"),
    Case("text for a number", house(GrLivArea="big"), words="valid number"),
    Case("fraction of a year", house(YearBuilt=1961.5), words="fractional part"),
    Case("true is no number", house(FullBath=True), words="should be a number"),
    Case("an object for a number", house(LotArea={"a": 1}), words="should be a number"),
    Case("a list for a code", house(Neighborhood=["NAmes"]), words="Neighborhood"),
    Case("quality out of range", house(OverallQual=11), words="less than or equal to 10"),
    Case("negative area", house(GrLivArea=-1), words="greater than or equal to"),
    Case("huge number", house(GrLivArea=1e308), words="less than or equal to"),
    Case("NaN", house(GrLivArea=float("nan")), words="finite number"),
    Case("Infinity", house(GrLivArea=float("inf")), words="finite number"),
    Case("overflow to infinity", b'{"inputs": [{"GrLivArea": 1e999}]}', words="GrLivArea"),
    Case("NaN as text", house(GrLivArea="nan"), words="GrLivArea"),
    Case("unknown code", house(Neighborhood="Nowhere"), words="'CollgCr'"),
    Case("unknown code of an optional column", house(KitchenQual="Good"), words="'TA'"),
    Case("misspelt name", house(OveralQual=5), words="Did you mean OverallQual?"),
    Case("Kaggle's own name", house(**{"1stFlrSF": 800}), words="Did you mean FirstFlrSF?"),
    Case("over the limit", b" " * 5_000_001, 413, "5,000,000 bytes"),
    Case("no content type", house(), 415, "application/json", content_type=None),
    Case("wrong content type", house(), 415, "application/json", content_type="text/plain"),
    Case("form", b"a=1", 415, content_type="application/x-www-form-urlencoded"),
]


def assert_problem(answer: requests.Response, status: int) -> dict[str, object]:
    """Hold an answer to RFC 9457 and to the contract, and return the document."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    document: dict[str, object] = answer.json()
    assert document["type"] == "about:blank"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["instance"] == f"/requests/{answer.headers['X-Request-ID']}"
    assert ("errors" in document) is (status == 422)
    return document


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_bodies_get_a_problem_document(api: Api, case: Case) -> None:
    answer = api.predict_bytes(case.body, case.content_type)
    document = assert_problem(answer, case.status)
    assert case.words in json.dumps(document, ensure_ascii=False)
    assert api.predict(GOOD_HOUSE).status_code == 200


def test_a_chunked_body_over_the_limit_is_refused(api: Api) -> None:
    chunks = (b" " * 100_000 for _ in range(51))
    headers = {"Content-Type": "application/json"}
    answer = api.request("POST", "/api/v1/predict", data=chunks, headers=headers)
    assert_problem(answer, 413)


@pytest.mark.parametrize("path", ["/api/v1/predict", "/api/v1/health", "/nothing"])
def test_a_refused_body_does_not_cost_the_connection(api: Api, path: str) -> None:
    for _ in range(5):
        assert api.request("POST", path, data=b" " * 6_000_000).status_code in {404, 405, 415}
        assert api.predict(GOOD_HOUSE).status_code == 200


def test_errors_say_where(api: Api) -> None:
    answer = api.predict(GOOD_HOUSE, GOOD_HOUSE | {"OverallQual": 0})
    document = assert_problem(answer, 422)
    errors = document["errors"]
    assert isinstance(errors, list)
    assert [error["loc"] for error in errors] == [["body", "inputs", 1, "OverallQual"]]


def test_values_are_never_echoed(api: Api) -> None:
    secret = "correct-horse-battery"
    for changes in ({"GrLivArea": secret}, {"Neighborhood": secret}, {"LotArea": {secret: 1}}):
        answer = api.predict(GOOD_HOUSE | changes)
        assert_problem(answer, 422)
        assert secret not in answer.text


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/v1", "/api/v1/predict/", "/assets/none", "/api//v1/health"]
)
def test_an_unknown_path_is_a_404(api: Api, path: str) -> None:
    assert_problem(api.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/v1/predict", "POST"),
        ("PUT", "/api/v1/predict", "POST"),
        ("HEAD", "/api/v1/predict", "POST"),
        ("POST", "/api/v1/health", "GET, HEAD"),
        ("OPTIONS", "/api/v1/health", "GET, HEAD"),
        ("DELETE", "/", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_a_405_that_says_which_are_right(
    api: Api, method: str, path: str, allowed: str
) -> None:
    answer = api.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == allowed
    if method != "HEAD":
        assert_problem(answer, 405)

"""What the contract promises a client that does everything right."""

from __future__ import annotations

import pytest

from apps.house_prices import contract
from apps.house_prices.house import House
from tests.contract.client import GOOD_HOUSE, Api


def test_health_says_who_answers(api: Api) -> None:
    answer = api.get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    body = answer.json()
    assert set(body) == {"name", "api_version", "model_version"}
    assert body["api_version"] == contract.API_VERSION


def test_ready_means_the_model_is_there(api: Api) -> None:
    answer = api.get("/api/v1/ready")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True


def test_predict_answers_one_price_for_each_house_in_order(api: Api) -> None:
    small, large = GOOD_HOUSE | {"GrLivArea": 700}, GOOD_HOUSE | {"GrLivArea": 3500}
    together = api.predict(small, large, small)
    assert together.status_code == 200
    body = together.json()
    assert set(body) == {"predictions", "version", "errors"}
    assert body["errors"] is None
    assert body["predictions"][0] == body["predictions"][2] < body["predictions"][1]
    alone = api.predict(large).json()["predictions"]
    assert alone == [body["predictions"][1]]


def test_the_examples_of_the_schema_work(api: Api) -> None:
    examples = House.model_json_schema()["examples"]
    answer = api.predict(*examples)
    assert answer.status_code == 200
    assert all(20_000 < price < 1_000_000 for price in answer.json()["predictions"])


def test_numbers_may_come_as_floats_and_as_text(api: Api) -> None:
    plain = api.predict(GOOD_HOUSE)
    converted = api.predict(GOOD_HOUSE | {"YearBuilt": "2003", "OverallQual": 7.0})
    assert converted.json() == plain.json()


def test_null_is_as_good_as_absent(api: Api) -> None:
    with_nulls = dict.fromkeys(House.model_fields) | GOOD_HOUSE
    assert api.predict(with_nulls).json() == api.predict(GOOD_HOUSE).json()


def test_a_large_request_is_answered(api: Api) -> None:
    answer = api.predict(*[GOOD_HOUSE] * 10_000)
    assert answer.status_code == 200
    assert len(answer.json()["predictions"]) == 10_000


def test_a_good_request_id_comes_back_and_a_bad_one_is_replaced(api: Api) -> None:
    # A platform's router may want more than the apps do: Heroku's (documentation of 2024-07-13)
    # replaces what has fewer than 20 characters, or others than letters, digits and +/=-.
    good = "lesson-00-the-first-try"
    answer = api.get("/api/v1/health", headers={"X-Request-ID": good})
    assert answer.headers["X-Request-ID"] == good
    answer = api.get("/api/v1/health", headers={"X-Request-ID": "no blanks allowed"})
    assert answer.headers["X-Request-ID"] not in {"", "no blanks allowed"}


@pytest.mark.parametrize("path", ["/", "/docs", "/api/v1/health", "/api/v1/openapi.json"])
def test_head_answers_like_get_without_the_body(api: Api, path: str) -> None:
    get, head = api.get(path), api.request("HEAD", path)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Type", "Content-Length"):
        assert head.headers[name] == get.headers[name]


def test_the_contract_is_the_committed_file(api: Api) -> None:
    answer = api.get("/api/v1/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content == contract.OPENAPI_FILE.read_bytes()


def test_the_pages_bring_their_own_assets(api: Api) -> None:
    for path in ("/", "/docs"):
        page = api.get(path)
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "://" not in page.text.replace("http://www.w3.org", "")


@pytest.mark.parametrize("path", ["/", "/docs", "/assets/page.js", "/api/v1/health", "/nothing"])
def test_no_answer_names_its_server_or_lets_its_media_type_be_guessed(api: Api, path: str) -> None:
    headers = api.get(path).headers
    assert "Server" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"

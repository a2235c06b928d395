"""The same bytes to both apps: the same status, media type, Allow and body come back.

The corpus holds the cases in which the two frameworks differ out of the box. What still differs is
in test_divergences.py.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.house_prices.house import House
from tests.contract.client import GOOD_HOUSE
from tests.contract.exchange import JSON, Client, Request

NAMES = sorted(House.model_fields)
GOOD = json.dumps({"inputs": [GOOD_HOUSE]}).encode()
LIMIT = 5_000_000


def house(field: str) -> bytes:
    """Return a body whose one house has these raw JSON characters as one more member."""
    return GOOD.replace(b"}]}", b", " + field.encode("utf-8", "surrogatepass") + b"}]}")


def as_type(content_type: str) -> Request:
    """Return a good request with another Content-Type."""
    return Request(body=GOOD, headers={"Content-Type": content_type})


CORPUS = {
    "good": (200, Request(body=GOOD)),
    "blanks around": (200, Request(body=b" \r\n\t" + GOOD + b"\n")),
    "escaped names": (200, Request(body=GOOD.replace(b"inputs", b"\\u0069nputs"))),
    "duplicate keys: the last one counts": (200, Request(body=house('"GrLivArea": 900'))),
    "integer as float": (200, Request(body=house('"FullBath": 2.0'))),
    "integer as text": (200, Request(body=house('"FullBath": "2"'))),
    "minus zero": (200, Request(body=house('"PoolArea": -0.0'))),
    "empty": (422, Request(body=b"")),
    "malformed": (422, Request(body=b'{"inputs": [{')),
    "trailing garbage": (422, Request(body=GOOD + b"x")),
    "two documents": (422, Request(body=GOOD + GOOD)),
    "comment": (422, Request(body=b"/* a house */" + GOOD)),
    "trailing comma": (422, Request(body=b'{"inputs": [],}')),
    "single quotes": (422, Request(body=GOOD.replace(b'"', b"'"))),
    "NaN in a number": (422, Request(body=house('"LotArea": NaN'))),
    "NaN in an unknown name": (422, Request(body=house('"Nonsense": NaN'))),
    "Infinity": (422, Request(body=house('"LotArea": -Infinity'))),
    "beyond floats": (422, Request(body=house('"LotArea": 1e999'))),
    "integer of 5,000 digits": (422, Request(body=house('"LotArea": ' + "9" * 5_000))),
    "integer of 5,000 digits for a count": (422, Request(body=house('"FullBath": ' + "9" * 5_000))),
    "5,000 digits as text": (422, Request(body=house('"FullBath": "' + "9" * 5_000 + '"'))),
    "array 9,000 deep": (422, Request(body=b"[" * 9_000 + b"]" * 9_000)),
    "objects 9,000 deep": (422, Request(body=b'{"inputs":' * 9_000 + b"1" + b"}" * 9_000)),
    "lone surrogate, escaped": (422, Request(body=house('"Alley": "\\ud800"'))),
    "lone surrogate as a name": (422, Request(body=house('"\\udfff": 1'))),
    "lone surrogate, raw": (422, Request(body=house('"Alley": "\ud800"'))),
    "bad UTF-8": (422, Request(body=b'{"inputs": "\xff\xfe"}')),
    "UTF-16": (422, Request(body=GOOD.decode().encode("utf-16"))),
    "UTF-16, big end first": (422, Request(body=GOOD.decode().encode("utf-16-be"))),
    "BOM": (422, Request(body=b"\xef\xbb\xbf" + GOOD)),
    "control character in text": (422, Request(body=house('"Alley": "\x01"'))),
    "NUL in a name": (422, Request(body=house('"a\\u0000b": 1'))),
    "name of 100,000 characters": (422, Request(body=house(f'"{"x" * 100_000}": 1'))),
    "1,000 unknown names": (
        422,
        Request(body=house(", ".join(f'"x{number}": 1' for number in range(1_000)))),
    ),
    "10,001 houses": (422, Request(body=json.dumps({"inputs": [GOOD_HOUSE] * 10_001}).encode())),
    "charset": (200, as_type("application/json; charset=utf-8")),
    "another charset: JSON is UTF-8": (200, as_type("application/json; charset=latin-1")),
    "capitals": (200, as_type("APPLICATION/JSON")),
    "no content type": (415, Request(body=GOOD, headers={})),
    "empty content type": (415, as_type("")),
    "text": (415, as_type("text/plain")),
    "another JSON type": (415, as_type("application/vnd.api+json")),
    "two types": (415, as_type("application/json, text/plain")),
    "content type first, then size": (415, Request(body=b" " * (LIMIT + 1), headers={})),
    "413 with Content-Length": (413, Request(body=b" " * (LIMIT + 1))),
    "413 in chunks": (413, Request(body=[b" " * 500_000] * 11)),
    "at the limit": (422, Request(body=b" " * LIMIT)),
    "at the limit in chunks": (422, Request(body=[b" " * 500_000] * 10)),
    "chunks": (200, Request(body=[GOOD[:10], GOOD[10:]])),
    "trailing slash": (404, Request(path="/api/v1/predict/", body=GOOD)),
    "double slash inside": (404, Request(path="/api//v1/predict", body=GOOD)),
    "dots": (404, Request("GET", "/api/v1/../v1/health")),
    "escaped path": (200, Request("GET", "/api/v1/%68ealth")),
    "escaped slash": (404, Request("GET", "/api%2Fv1/health%2F")),
    "capitals in the path": (404, Request("GET", "/API/v1/health")),
    "query": (200, Request("GET", "/api/v1/health?x=1&x=2")),
    "path outside ASCII": (404, Request("GET", "/%C3%A9%FF")),
    "assets cannot be left": (404, Request("GET", "/assets/..%2Fsettings.py")),
    "HEAD": (200, Request("HEAD", "/api/v1/health")),
    "HEAD of nothing": (404, Request("HEAD", "/nothing")),
    "blanks around a request id": (
        404,
        Request("GET", "/nothing", headers={"X-Request-ID": "  an-id \t "}),
    ),
    "OPTIONS": (405, Request("OPTIONS", "/api/v1/health")),
    "OPTIONS of predict": (405, Request("OPTIONS")),
    "GET of predict": (405, Request("GET")),
    "DELETE of a page": (405, Request("DELETE", "/docs")),
    "TRACE": (405, Request("TRACE", "/api/v1/health")),
    "405 with a body": (405, Request("PUT", body=GOOD)),
    "GET with a body": (200, Request("GET", "/api/v1/health", body=GOOD)),
    "docs": (200, Request("GET", "/docs")),
    "page": (200, Request("GET", "/")),
    "contract": (200, Request("GET", "/api/v1/openapi.json")),
    "a listing without a service": (503, Request("GET", "/api/v1/listings/1/price")),
}


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus_is_answered_alike(both: tuple[Client, Client], name: str) -> None:
    status, request = CORPUS[name]
    fastapi, flask = (client.send(request) for client in both)
    assert fastapi.status == status, fastapi.body[:300]
    assert fastapi == flask


# What hypothesis sends: from plain noise to a house in which one thing is odd.
odd_numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.integers(-(10**400), 10**400),
    st.sampled_from(["1", "1.0", " 7 ", "1_000", "0x10", "nan", "1e3", "", "٣"]),
)
anything = st.recursive(
    st.none() | st.booleans() | odd_numbers | st.text(max_size=20),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.text(max_size=10) | st.sampled_from(NAMES), children, max_size=3)
    ),
    max_leaves=8,
)
odd_houses = st.builds(
    lambda changes: GOOD_HOUSE | changes,
    st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=12), anything, max_size=3),
)
values = st.one_of(
    anything,
    st.builds(lambda houses: {"inputs": houses}, st.lists(odd_houses | anything, max_size=3)),
    st.builds(
        lambda house, more: {"inputs": [house]} | more, odd_houses, st.just({}) | st.just({"x": 1})
    ),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return JSON in which a few bytes were replaced, removed or repeated."""
    text = bytearray(draw(values.map(lambda value: json.dumps(value).encode())))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=3))
    return bytes(text)


bodies = st.one_of(
    values.map(lambda value: json.dumps(value).encode()),
    values.map(
        lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ),
    damaged(),
    st.binary(max_size=200),
)
content_types = st.sampled_from([JSON] * 9 + ["", "text/json", "application/json;x=y", "a/b"])


@pytest.fixture(scope="module")
def examples(long_form: bool) -> int:
    """How many examples to send."""
    return 10_000 if long_form else 500


@pytest.mark.timeout(7200)  # in the long form
def test_any_body_is_answered_alike(both: tuple[Client, Client], examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(bodies, content_types)
    def answered_alike(body: bytes, content_type: str) -> None:
        request = Request(body=body, headers={"Content-Type": content_type})
        fastapi, flask = (client.send(request) for client in both)
        assert fastapi == flask
        assert fastapi.status in {200, 415, 422}

    answered_alike()


@pytest.mark.timeout(7200)  # in the long form
def test_any_path_and_method_is_answered_alike(both: tuple[Client, Client], examples: int) -> None:
    segments = st.sampled_from(["api", "v1", "predict", "health", "listings", "1", "price", "docs"])
    odd = st.text("abc%.~é/?#;=&", max_size=5).map(
        lambda text: text.encode("ascii", "ignore").decode()
    )
    # Two slashes at the start are a known divergence.
    paths = st.lists(segments | odd, max_size=6).map(
        lambda parts: "/" + "/".join(parts).lstrip("/")
    )
    methods = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(methods, paths)
    def answered_alike(method: str, path: str) -> None:
        request = Request(method, path)
        fastapi, flask = (client.send(request) for client in both)
        assert fastapi == flask, request
        assert fastapi.status != 500

    answered_alike()

from apps.house_prices.cors import answer_headers, is_preflight, preflight_headers

ALLOWED = ("https://example.org",)


def test_an_allowed_origin_may_read_the_answer() -> None:
    headers = answer_headers("https://example.org", ALLOWED)
    assert headers["Access-Control-Allow-Origin"] == "https://example.org"
    assert "X-Request-ID" in headers["Access-Control-Expose-Headers"]


def test_no_other_origin_may() -> None:
    for origin in ("https://example.com", "https://example.org.evil.example", None):
        assert answer_headers(origin, ALLOWED) == {"Vary": "Origin"}
        assert preflight_headers(origin, ALLOWED) == {"Vary": "Origin"}


def test_a_preflight_tells_what_may_be_sent() -> None:
    assert is_preflight("OPTIONS", "POST")
    assert not is_preflight("OPTIONS", None)
    assert not is_preflight("POST", "POST")
    headers = preflight_headers("https://example.org", ALLOWED)
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in headers["Access-Control-Allow-Headers"]

"""A house goes from the form to the API; its price comes back with its place among the sales."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, Request, expect

from apps.house_prices.contract import HEALTH, OPENAPI, PREDICT
from apps.house_prices.model import load_model
from lab.servers import Server
from training.sales import read_sales

OpenForm = Callable[..., Page]

REQUIRED = ["GrLivArea", "OverallQual", "Neighborhood", "YearBuilt"]


def ask(page: Page) -> Request:
    """Press the button and return the request that it makes."""
    with page.expect_request(f"**{PREDICT}") as asked:
        page.get_by_role("button", name="Ask for the price").click()
    expect(page.locator(".price, #problem h3")).to_be_visible()
    return asked.value


def sent_house(request: Request) -> dict[str, Any]:
    """The one house that a request carries."""
    inputs: list[dict[str, Any]] = json.loads(request.post_data or "")["inputs"]
    assert len(inputs) == 1
    return inputs[0]


def call(page: Page, module: str, function: str, *arguments: object) -> object:
    """What a function of one of the page's modules returns."""
    return page.evaluate(
        "async ([module, name, given]) => (await import(`/assets/${module}.js`))[name](...given)",
        [module, function, list(arguments)],
    )


def test_shows_the_price_that_any_client_gets(server: Server, open_form: OpenForm) -> None:
    page = open_form(server.url)
    page.get_by_label("Living area").fill("2100")
    page.get_by_label("Overall quality").select_option("8")
    request = ask(page)
    house = sent_house(request)
    assert (house["GrLivArea"], house["OverallQual"], house["Neighborhood"]) == (2100, 8, "NAmes")
    answer = requests.post(server.url + PREDICT, json={"inputs": [house]}, timeout=10).json()
    (price,) = answer["predictions"]
    expect(page.get_by_role("status").locator(".price")).to_have_text(f"${price:,.0f}")
    expect(page.locator(".words")).to_have_text(str(call(page, "words", "inWords", price)))
    request_id = request.header_value("x-request-id")
    expect(page.locator("#request")).to_contain_text(f"X-Request-ID: {request_id}")
    expect(page.locator("#response")).to_contain_text(f"X-Request-ID: {request_id}")


def test_the_picture_and_the_text_say_the_same_place(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    ask(page)
    figures = page.locator(".price").inner_text()
    price = int(figures.strip("$").replace(",", ""))
    below = int(100 * (read_sales()["SalePrice"] < price).mean())
    place = f"Higher than {below} of 100 sales from 2006 to 2010."
    expect(page.locator(".rank")).to_have_text(place)
    text = f"Histogram of the sales by price. This house is at {figures}. {place}"
    expect(page.get_by_role("img", name=text)).to_be_visible()
    mark = page.locator("line.mark").get_attribute("x1") or ""
    assert float(mark.strip("%")) == pytest.approx(100 * price / 510_000, abs=0.001)
    expect(page.locator("rect.bar.below")).to_have_count(price // 10_000)


def test_places_at_the_edges(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    sales = page.evaluate("async () => (await fetch('/assets/sales.json')).json()")
    places = {10_000: "Lower than 99", 160_001: "Higher than 50", 1_000_000: "Higher than 99"}
    for price, place in places.items():
        said = call(page, "picture", "rankAmongSales", price, sales)
        assert said == f"{place} of 100 sales from 2006 to 2010."
        call(page, "picture", "markPrice", price, sales)
        text, frame = (
            page.locator("text.mark").bounding_box(),
            page.locator("#sales").bounding_box(),
        )
        assert text is not None
        assert frame is not None
        assert frame["x"] <= text["x"]
        assert text["x"] + text["width"] <= frame["x"] + frame["width"]


def test_prices_in_words(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    spoken = {
        400: "no",
        13_000: "thirteen thousand",
        20_000: "twenty thousand",
        99_499: "ninety-nine thousand",
        100_000: "one hundred thousand",
        174_212.4: "one hundred and seventy-four thousand",
        755_000: "seven hundred and fifty-five thousand",
    }
    for price, words in spoken.items():
        assert call(page, "words", "inWords", price) == f"about {words} dollars"


def test_says_which_api_answers(server: Server, open_form: OpenForm) -> None:
    page = open_form(server.url)
    health = requests.get(server.url + HEALTH, timeout=10).json()
    text = f"{health['name']} API {health['api_version']}, model {health['model_version']}"
    expect(page.get_by_role("banner").get_by_role("status")).to_have_text(text)
    links = page.get_by_role("banner").get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == ["docs", OPENAPI[1:]]


def test_what_is_left_empty_is_not_sent(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    page.get_by_text("More about the house").click()
    for box in page.locator("#more input").all():
        box.fill("")
    for choice in page.locator("#more select").all():
        choice.select_option("not known")
    house = sent_house(ask(page))
    assert list(house) == REQUIRED
    expect(page.locator(".price")).to_be_visible()


def test_lists_units_and_ranges_come_from_the_contract(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    schemas = requests.get(fastapi_server.url + OPENAPI, timeout=10).json()["components"]["schemas"]
    columns = schemas["House"]["properties"]
    area = columns["GrLivArea"]
    help_text = f"{area['minimum']:,.0f} to {area['maximum']:,.0f} {area['unit']}."
    expect(page.locator("#GrLivArea-help")).to_contain_text(help_text)
    offered = page.locator("#Neighborhood option").all_inner_texts()
    meanings = columns["Neighborhood"]["x-meanings"]
    assert len(offered) == len(set(meanings.values()))  # each once, however many spellings it has
    for text in offered:
        meaning, _, code = text.rstrip(")").partition(" (")
        assert meanings[code].lower() == meaning.lower()
    assert offered == sorted(offered, key=str.casefold)
    kitchens = page.locator("#KitchenQual option").evaluate_all("all => all.map((o) => o.value)")
    assert kitchens == ["", "Ex", "Gd", "TA", "Fa", "Po"]


def test_the_form_asks_for_nothing_that_the_price_does_not_depend_on(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    fields = page.locator("form input, form select")
    names = fields.evaluate_all("all => all.map((field) => field.name)")
    required = fields.evaluate_all("all => all.filter((f) => f.required).map((f) => f.name)")
    assert required == REQUIRED == names[:4]
    assert set(names) <= set(load_model().features)


def test_start_over_brings_the_typical_house_back(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    typical = sent_house(ask(page))
    page.get_by_label("Living area").fill("77")
    page.get_by_label("Part of Ames").select_option("StoneBr")
    ask(page)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator("#problem")).to_be_empty()
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    assert sent_house(ask(page)) == typical


def test_a_second_press_while_the_first_is_under_way_asks_nothing(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    held: list[Callable[[], None]] = []
    page.route(f"**{PREDICT}", lambda route: held.append(route.continue_))
    page.locator("#ask").click()
    expect(page.locator("#ask")).to_have_text("Asking …")
    page.locator("#ask").dispatch_event("click")  # `click` would wait for the button
    page.get_by_label("Living area").press("Enter")
    page.get_by_text("More about the house").click()  # time for a second request to set out
    assert len(held) == 1
    held[0]()
    expect(page.locator(".price")).to_be_visible()
    expect(page.locator("#ask")).to_have_text("Ask for the price")
    assert len(held) == 1

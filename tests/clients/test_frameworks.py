"""The React, the Vue and the Angular client do the same against both apps, from another origin.

They are built first, which takes a minute or two: only with CLIENTS=1.
"""

from __future__ import annotations

import os
import re

import pytest
import requests
from playwright.sync_api import Page, expect

from apps.house_prices.contract import PREDICT
from lab import servers
from lab.servers import Server
from tests.clients.conftest import OpenClient

pytestmark = [
    pytest.mark.skipif(
        os.environ.get("CLIENTS") != "1", reason="The JavaScript clients are built with CLIENTS=1."
    ),
    pytest.mark.timeout(1200),  # with the installation and the build
]

HOUSE = {"GrLivArea": 2097, "OverallQual": 8, "Neighborhood": "NridgHt", "YearBuilt": 2006}


def describe(page: Page) -> None:
    """Fill in the house."""
    page.get_by_label("Living area").fill("2097")
    page.get_by_label("Quality of materials").fill("8")
    page.get_by_label("Part of Ames").select_option("NridgHt")
    page.get_by_label("Year of construction").fill("2006")


def ask(page: Page) -> None:
    """Press the button."""
    page.get_by_role("button", name="Ask for the price").click()


def expect_no_readable_answer(page: Page, url: str) -> None:
    """The message names both addresses and what may be wrong; the page can be used again."""
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text(f"No readable answer from {url}.")
    expect(problem).to_contain_text("Is it running, and does its CORS_ORIGINS list")
    expect(problem).to_contain_text(page.evaluate("location.origin"))
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.get_by_role("button")).to_have_text("Ask for the price")


def test_a_good_house_gets_the_price_of_the_api(api: Server, open_client: OpenClient) -> None:
    page = open_client(api.url)
    expect(page.get_by_label("Part of Ames").locator("option")).to_have_count(28)
    describe(page)
    ask(page)
    answer = requests.post(api.url + PREDICT, json={"inputs": [HOUSE]}, timeout=10)
    price = answer.json()["predictions"][0]
    expect(page.get_by_role("status")).to_have_text(f"${price:,.0f}")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)


def test_numbers_travel_as_numbers(api: Server, open_client: OpenClient) -> None:
    page = open_client(api.url)
    describe(page)
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.get_by_label("Year of construction").press("Enter")
    assert asked.value.post_data_json == {"inputs": [HOUSE]}
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\$[\d,]+$"))


def test_a_bad_value_is_told_beside_its_field(api: Server, open_client: OpenClient) -> None:
    page = open_client(api.url)
    area, quality = page.get_by_label("Living area"), page.get_by_label("Quality of materials")
    year = page.get_by_label("Year of construction")
    area.fill("big")
    quality.fill("11")
    year.fill(" ")
    ask(page)
    expect(page.locator("#GrLivArea-error")).to_contain_text("Input should be a valid number")
    expect(page.locator("#YearBuilt-error")).to_have_text("Field required")
    expect(quality).to_have_accessible_description(
        "Input should be less than or equal to 10 1 (very poor) to 10 (very excellent)."
    )
    for field in (area, quality, year):
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Part of Ames")).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_role("alert")).to_have_text("The input has 3 errors.")
    expect(page.get_by_role("status")).to_be_empty()
    expect(area).to_have_value("big")

    describe(page)
    ask(page)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\$[\d,]+$"))
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    expect(page.locator("#GrLivArea-error")).to_be_empty()


def test_an_error_without_a_field_is_told_too(api: Server, open_client: OpenClient) -> None:
    page = open_client(api.url)
    page.route(  # a house with a column that the form does not have
        f"**{PREDICT}",
        lambda route: route.continue_(post_data={"inputs": [HOUSE | {"GrLivArae": 1}]}),
    )
    ask(page)
    expect(page.get_by_role("alert")).to_have_text(
        "The input has 1 error. GrLivArae: Unknown name. Did you mean GrLivArea?."
    )


def test_the_detail_of_any_other_problem_is_shown(api: Server, open_client: OpenClient) -> None:
    page = open_client(f"{api.url}/elsewhere")
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text("There is nothing at this path.")
    expect(page.get_by_role("button")).to_have_text("Ask for the price")


def test_an_api_that_does_not_know_this_origin(server: Server, open_client: OpenClient) -> None:
    page = open_client(server.url)
    ask(page)
    expect_no_readable_answer(page, server.url)


def test_an_answer_that_is_not_json(site: str, open_client: OpenClient) -> None:
    page = open_client(site)  # serves files alone
    ask(page)
    expect_no_readable_answer(page, site)


def test_the_server_is_gone_and_comes_back(site: str, open_client: OpenClient) -> None:
    environment = {"CORS_ORIGINS": site}
    with servers.running("fastapi", environment=environment) as server:
        page = open_client(server.url)
    describe(page)
    ask(page)
    expect_no_readable_answer(page, server.url)
    expect(page.get_by_label("Living area")).to_have_value("2097")
    with servers.running("fastapi", port=server.port, environment=environment):
        ask(page)
        expect(page.get_by_role("status")).to_have_text(re.compile(r"^\$[\d,]+$"))
        expect(page.get_by_role("alert")).to_be_empty()

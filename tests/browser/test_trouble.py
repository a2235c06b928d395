"""Whatever goes wrong is said readably, where it can be mended, and nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from apps.house_prices.contract import OPENAPI, PREDICT, PROBLEM_JSON
from lab import servers
from lab.servers import Server

OpenForm = Callable[..., Page]


def ask(page: Page) -> None:
    """Press the button."""
    page.get_by_role("button", name="Ask for the price").click()


def answer_instead(page: Page, status: int, media_type: str, body: str, **headers: str) -> None:
    """Give the page this answer to its question instead of the server's."""
    page.route(
        f"**{PREDICT}",
        lambda route: route.fulfill(
            status=status, content_type=media_type, body=body, headers=headers
        ),
    )


def problem(status: int, title: str, detail: str, **more: object) -> str:
    """A problem document."""
    return json.dumps(
        {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    )


def test_a_bad_field_is_named_beside_it(server: Server, open_form: OpenForm) -> None:
    page = open_form(server.url)
    area = page.get_by_label("Living area")
    area.fill("99")
    page.get_by_label("Year of construction").fill("")
    ask(page)
    expect(page.locator("[aria-invalid=true]")).to_have_count(2)
    expect(area).to_be_focused()
    expect(area).to_have_value("99")
    expect(area).to_have_accessible_description(
        "Error: Input should be greater than or equal to 100 "
        "100 to 20,000 sq ft. All floors, without the basement."
    )
    message, box = page.locator("#GrLivArea-error").bounding_box(), area.bounding_box()
    assert message is not None
    assert box is not None
    assert 0 <= message["y"] - (box["y"] + box["height"]) < 20  # right below its field
    expect(page.locator("#YearBuilt-error")).to_have_text("Error: Field required")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("422 Unprocessable Content")
    expect(summary).to_contain_text("The input has 2 errors.")
    summary.get_by_role("link", name="Year of construction").click()
    expect(page.get_by_label("Year of construction")).to_be_focused()


def test_the_request_id_leads_to_the_log(server: Server, open_form: OpenForm) -> None:
    page = open_form(server.url)
    page.get_by_label("Living area").fill("99")
    ask(page)
    request_id = page.get_by_role("alert").locator("code").inner_text()
    assert any(request_id in line and "422" in line for line in server.lines())


def test_mending_the_field_takes_the_error_away(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    area = page.get_by_label("Living area")
    area.fill("big")
    ask(page)
    expect(area).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".price")).to_have_count(0)
    area.fill("1300")
    page.keyboard.press("Enter")
    expect(page.locator(".price")).to_be_visible()
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    expect(page.get_by_role("alert")).to_be_empty()
    expect(area).to_have_accessible_description(
        "100 to 20,000 sq ft. All floors, without the basement."
    )


def test_a_bad_field_that_is_folded_away_is_unfolded(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    page.get_by_text("More about the house").click()
    page.get_by_label("Cars that fit").fill("2.5")
    page.get_by_text("More about the house").click()
    expect(page.get_by_label("Cars that fit")).not_to_be_visible()
    ask(page)
    expect(page.get_by_label("Cars that fit")).to_be_focused()
    expect(page.get_by_label("Cars that fit")).to_have_value("2.5")
    expect(page.locator("#GarageCars-error")).to_be_visible()


def test_an_error_about_no_field_of_the_form_is_in_the_summary(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    errors = [{"loc": ["body", "inputs", 0, "PoolArea"], "msg": "Too wet", "type": "wet"}]
    body = problem(422, "Unprocessable Content", "The input has 1 error.", errors=errors)
    answer_instead(page, 422, PROBLEM_JSON, body)
    ask(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("body / inputs / 0 / PoolArea: Too wet")
    expect(alert).to_be_focused()
    expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_any_other_problem_is_told(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    alert = page.get_by_role("alert")
    for status, title in (
        (413, "Content Too Large"),
        (415, "Unsupported Media Type"),
        (500, "Internal Server Error"),
        (503, "Service Unavailable"),
    ):
        said = problem(status, title, f"Do this or that against {status}.")
        answer_instead(page, status, PROBLEM_JSON, said)
        ask(page)
        expect(alert.get_by_role("heading")).to_have_text(f"{status} {title}")
        expect(alert).to_contain_text(f"Do this or that against {status}.")
        expect(alert).to_be_focused()
        expect(page.locator("#answer")).to_have_text("No price this time: the form says why.")


def test_how_long_to_wait_is_told(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    body = problem(503, "Service Unavailable", "The server is busy.")
    for sent, told in {"1": "1 second.", "30": "30 seconds.", "noon": "noon."}.items():
        answer_instead(page, 503, PROBLEM_JSON, body, **{"Retry-After": sent})
        ask(page)
        text = f"The server is busy. Retry-After: {told}"
        expect(page.get_by_role("alert")).to_contain_text(text)


def test_an_answer_that_is_not_of_the_contract(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    alert = page.get_by_role("alert")
    for status, media_type, body in (
        (200, "application/json", '{"predictions": []}'),
        (502, "text/html", "<h1>Bad Gateway</h1>"),
        (200, "text/html", "<h1>Welcome</h1>"),
    ):
        answer_instead(page, status, media_type, body)
        ask(page)
        expect(alert).to_contain_text(f"{status} without a price")
        expect(alert).to_contain_text("The server did not say why.")


def test_a_server_that_is_gone(server: Server, open_form: OpenForm) -> None:
    with servers.running(server.stack) as own:
        page = open_form(own.url)
        page.get_by_label("Living area").fill("1234")
        page.get_by_label("Part of Ames").select_option("Gilbert")
        own.stop(grace=0)
    ask(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The server did not answer. Is it still running?")
    expect(alert).to_be_focused()
    expect(page.get_by_role("banner")).to_contain_text("The API does not answer")
    expect(page.get_by_label("Living area")).to_have_value("1234")
    expect(page.get_by_label("Part of Ames")).to_have_value("Gilbert")


def test_a_server_that_is_back(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    page.route("**/api/**", lambda route: route.abort())
    ask(page)
    expect(page.get_by_role("banner")).to_contain_text("The API does not answer")
    page.unroute("**/api/**")
    ask(page)
    expect(page.locator(".price")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.get_by_role("banner")).to_contain_text("Served Twice API")


def test_the_form_works_without_the_contract(fastapi_server: Server, page: Page) -> None:
    page.route(f"**{OPENAPI}", lambda route: route.abort())
    page.goto(fastapi_server.url)
    notice = page.locator("#notice")
    expect(notice).to_contain_text("could not be read. The server did not answer.")
    expect(notice).to_contain_text("type the codes themselves")
    page.get_by_label("Part of Ames").fill("Gilbert")
    ask(page)
    expect(page.locator(".price")).to_be_visible()
    page.get_by_label("Part of Ames").fill("Atlantis")
    ask(page)
    expect(page.get_by_label("Part of Ames")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Part of Ames")).to_have_value("Atlantis")
    expect(page.locator("#Neighborhood-error")).to_contain_text("Gilbert")  # lists the codes


def test_what_is_typed_before_the_contract_arrives_stays(
    fastapi_server: Server, page: Page
) -> None:
    held: list[Callable[[], None]] = []
    page.route(f"**{OPENAPI}", lambda route: held.append(route.continue_))
    page.goto(fastapi_server.url)
    expect(page.locator("#picture")).to_be_visible()
    page.locator("#OverallQual").fill("9")
    page.locator("#Neighborhood").fill("Gil")
    held[0]()
    expect(page.locator("select#OverallQual")).to_have_value("9")
    expect(page.locator("select#Neighborhood")).to_have_value("Gil")
    expect(page.locator("select#Neighborhood")).to_be_focused()

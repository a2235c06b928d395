"""The documentation page: the whole contract, to be tried out, without the internet."""

from __future__ import annotations

import re
from collections.abc import Callable

import requests
from playwright.sync_api import BrowserContext, Page, expect

from apps.house_prices.contract import OPENAPI, PREDICT
from lab.servers import Server

MakeContext = Callable[..., BrowserContext]

PUBLIC_NAME = "served-twice.test"  # see conftest.py: what a browser knows the servers by


def test_all_is_shown_and_can_be_tried_out_and_no_request_leaves_the_origin(
    server: Server, make_context: MakeContext
) -> None:
    """All of it with the page loaded once: that takes a browser seconds."""
    context = make_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    origin = f"http://{PUBLIC_NAME}:{server.port}"
    page.goto(f"{origin}/docs")
    expect(page.locator(".opblock-post")).to_be_visible()
    every_operation_is_shown(page, server)
    the_example_can_be_tried_out(page)
    page.get_by_role("link", name="Ask for a price").click()
    expect(page.get_by_role("button", name="Ask for the price")).to_be_visible()
    expect(page.locator("#picture")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert asked.count(f"{origin}{OPENAPI}") == 2
    assert [url for url in asked if not url.startswith((f"{origin}/", "data:"))] == []


def every_operation_is_shown(page: Page, server: Server) -> None:
    """Hold what the page lists against the contract."""
    paths = requests.get(server.url + OPENAPI, timeout=10).json()["paths"]
    declared = {(verb.upper(), path) for path, verbs in paths.items() for verb in verbs}
    expect(page.locator(".opblock")).to_have_count(len(declared))
    shown = {
        (
            block.locator(".opblock-summary-method").inner_text(),
            # Swagger UI puts zero-width spaces where a path may be broken.
            block.locator(".opblock-summary-path").inner_text().replace("\u200b", ""),
        )
        for block in page.locator(".opblock").all()
    }
    assert shown == declared


def the_example_can_be_tried_out(page: Page) -> None:
    """Send the example of the contract with the buttons of the page."""
    block = page.locator(".opblock-post").filter(has_text=re.compile("predict"))
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    with page.expect_response(f"**{PREDICT}") as answered:
        block.get_by_role("button", name="Execute").click()
    assert answered.value.status == 200
    expect(block.locator(".live-responses-table")).to_contain_text("predictions")

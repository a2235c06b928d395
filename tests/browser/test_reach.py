"""The page can be used with a keyboard alone, on a phone, and by a screen reader.

Both apps send the same page (test_price.py and test_docs.py open it from each): one is enough here.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

from lab.servers import Server

OpenForm = Callable[..., Page]
MakeContext = Callable[..., BrowserContext]

Motion = Literal["no-preference", "reduce"]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TOUCH_TARGETS = "nav a, button, input, select, summary"
CONTROLS = {"button", "combobox", "DisclosureTriangle", "image", "link", "region", "textbox"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)

# Every text on the page with its contrast to what is behind it, after WCAG 2.2's formula.
CONTRASTS = """
() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => [red, green, blue]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    const colour = channels(getComputedStyle(element).backgroundColor);
    return colour[3] === 0 ? behind(element.parentElement) : colour;
  };
  const contrasts = {};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent.trim();
    if (!text || !element.checkVisibility() || element.closest("noscript, option")) continue;
    const style = getComputedStyle(element);
    const front = luminance(channels(element.closest("svg") ? style.fill : style.color));
    const back = luminance(behind(element));
    contrasts[text] = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  }
  return contrasts;
}
"""


def show_errors(page: Page) -> None:
    """Bring the page into the state with the most on it: both lists open, errors everywhere."""
    page.get_by_text("More about the house").click()
    for label in ("Living area", "Cars that fit"):
        page.get_by_label(label).fill("-1")
    page.get_by_role("button", name="Ask for the price").click()
    expect(page.get_by_label("Living area")).to_be_focused()
    expect(page.get_by_label("Living area")).to_be_in_viewport()
    page.get_by_text("What went over the wire").click()


def test_keyboard_alone(fastapi_server: Server, open_form: OpenForm) -> None:
    page = open_form(fastapi_server.url)
    visited: list[str] = []
    while "ask" not in visited:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        visited.append(focused.evaluate("(e) => e.id || e.textContent"))
        outline = focused.evaluate("(e) => getComputedStyle(e).outlineStyle")
        assert outline == "solid", visited[-1]  # the focus is visible
        if visited[-1] == "GrLivArea":
            page.keyboard.type("1500")  # Tab has selected what was there
        if visited[-1] == "OverallQual":
            page.keyboard.press("ArrowDown")
        if visited[-1].startswith("More about"):
            page.keyboard.press("Enter")
    in_order = page.locator("form :is(input, select)").evaluate_all("all => all.map((e) => e.id)")
    assert visited[:2] == ["Docs", "Contract"]
    assert [name for name in visited[2:-1] if not name.startswith("More")] == in_order
    page.keyboard.press("Enter")
    expect(page.locator(".price")).to_be_visible()
    expect(page.locator("#ask")).to_be_focused()
    expect(page.locator("#request")).to_contain_text('"GrLivArea": 1500')
    expect(page.locator("#request")).to_contain_text('"OverallQual": 7')


def test_on_a_phone(fastapi_server: Server, open_form: OpenForm, make_context: MakeContext) -> None:
    page = open_form(fastapi_server.url, make_context(**PHONE).new_page())

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    assert page.evaluate("window.innerWidth") == 360
    assert fits()
    page.get_by_role("button", name="Ask for the price").tap()
    expect(page.locator(".price")).to_be_in_viewport()
    assert fits()
    show_errors(page)
    assert fits()
    targets = page.locator(TOUCH_TARGETS).evaluate_all(
        "all => all.map((target) => [target.outerHTML, target.getBoundingClientRect().height])"
    )
    assert len(targets) > 15
    assert [html for html, height in targets if height < 44] == []
    labels = page.locator("text.tick").all()
    ends = [box for box in (label.bounding_box() for label in labels) if box]
    assert len(ends) == 6
    for left, right in pairwise(ends):
        assert left["x"] + left["width"] < right["x"]  # no tick's text runs into the next


def test_every_control_has_a_name_and_every_box_its_help(
    fastapi_server: Server, open_form: OpenForm
) -> None:
    page = open_form(fastapi_server.url)
    show_errors(page)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    seen: dict[str, list[dict[str, Any]]] = {}
    for node in nodes:
        if not node["ignored"]:
            seen.setdefault(node["role"]["value"], []).append(node)
    assert set(seen) >= CONTROLS
    for role in CONTROLS:
        for node in seen[role]:
            assert node["name"]["value"].strip(), node
    assert all(node["description"]["value"] for node in seen["textbox"])
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert len(seen[landmark]) == 1
    assert len(seen["form"]) == len(seen["alert"]) == 1
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    ids = page.locator("[id]").evaluate_all("all => all.map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_texts_stand_out_from_their_ground(
    fastapi_server: Server, open_form: OpenForm, make_context: MakeContext
) -> None:
    page = open_form(fastapi_server.url, make_context(reduced_motion="reduce").new_page())
    page.get_by_role("button", name="Ask for the price").click()
    expect(page.locator(".price")).to_be_visible()
    hold_contrasts(page, texts=30)
    show_errors(page)
    hold_contrasts(page, texts=60)


def hold_contrasts(page: Page, *, texts: int) -> None:
    """Hold each text of the page against its ground, in light and in dark."""
    page.mouse.move(0, 0)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g)")
        assert [int(colour) > 128 for colour in ground] == [scheme == "light"] * 3
        contrasts = page.evaluate(CONTRASTS)
        assert len(contrasts) > texts
        assert {text: ratio for text, ratio in contrasts.items() if ratio < 4.5} == {}, scheme


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_moves_only_for_those_who_like_it(
    fastapi_server: Server, page: Page, motion: Motion, moves: bool
) -> None:
    page.emulate_media(reduced_motion=motion)
    page.goto(fastapi_server.url)
    expect(page.locator("rect.bar")).not_to_have_count(0)
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map((element) => "
        "parseFloat(getComputedStyle(element).transitionDuration)))"
    )
    assert (longest > 0) is moves


def test_works_under_a_strict_content_security_policy(fastapi_server: Server, page: Page) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    def add_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": POLICY})

    page.on("console", note)
    page.route(f"{fastapi_server.url}/", add_policy)
    page.goto(fastapi_server.url + "/")
    expect(page.locator("select#Neighborhood")).to_have_value("NAmes")
    page.get_by_role("button", name="Ask for the price").click()
    expect(page.locator("line.mark")).to_have_count(1)
    page.remove_listener("console", note)
    assert complaints == []

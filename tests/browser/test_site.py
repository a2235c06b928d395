"""The website: built, every link alive, searched, and read in a real browser without a network.

Two lessons without their outputs are enough here; `--long` builds all of it, with outputs, and
looks at every page that is no source file, in both colour schemes. The weekly check builds all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urldefrag

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.rules import broken_rules

pytestmark = pytest.mark.timeout(3600)  # with --long every lesson runs first

MakeContext = Callable[..., BrowserContext]
Scheme = Literal["light", "dark"]

CHAPTERS = ("00", "03")
KINDS = {
    "start": "index.html",
    "lesson": "notebooks/03_schemas.html",
    "stub": "exercises/03_schemas/2_optional_garage.py.html",
    "glossary": "docs/glossary.html",
    "document": "docs/instructors.html",
    "report": "reports/report.html",
    "search": "search.html?q=garage",
}
WRITTEN = {"docs", "notebooks", "reports"}
WIDTHS = {"wide": 1280, "narrow": 390}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Parts(HTMLParser):
    """What a page links to and fetches, and the names of its parts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag names and where it leads."""
        for name, value in attrs:
            if not value:
                continue
            if name in ("id", "name"):
                self.names.add(value)
            elif name == "href" and tag == "a":
                self.links.add(value)
            elif (name == "href" and tag == "link") or name == "src":
                self.fetched.add(value)


class Site:
    """A site that is built, and what Sphinx had to complain of."""

    def __init__(self, folder: Path, complaints: list[str]) -> None:
        self.folder = folder
        self.complaints = complaints

    @cached_property
    def pages(self) -> dict[Path, Parts]:
        """Every page with its parts."""
        return {
            file: Parts(file.read_text(encoding="utf-8")) for file in self.folder.rglob("*.html")
        }

    def url(self, path: str) -> str:
        """Return the address of a page on this computer's disk."""
        return self.folder.as_uri() + "/" + path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, long_form: bool) -> Site:
    """The site, with a report of a session that was simulated."""
    if find_spec("sphinx") is None or find_spec("axe_playwright_python") is None:
        if os.environ.get("REQUIRE_SITE") == "1":
            pytest.fail("REQUIRE_SITE=1 asks for what builds the site: run make site first.")
        pytest.skip("What builds the site is not installed: make site does that.")
    from lab.bench import report
    from tests.lab.bench.sample import sample
    from tools.site.__main__ import BUILD, build

    folder = tmp_path_factory.mktemp("site")
    report.write(sample(), folder / "reports")
    if long_form:
        target = BUILD / "site"
        return Site(target, build(target, reports=folder / "reports"))
    target = folder / "site"
    return Site(target, build(target, run=False, chapters=CHAPTERS, reports=folder / "reports"))


def dead(site: Site) -> Iterator[str]:
    """Yield each link that leads to no page or to no part of a page."""
    for file, parts in site.pages.items():
        for link in sorted(parts.links | parts.fetched):
            if re.match(r"(https?|mailto|data):", link):
                continue
            path, part = urldefrag(link)
            target = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
            if not target.exists() or (
                part and target in site.pages and unquote(part) not in site.pages[target].names
            ):
                yield f"{file.relative_to(site.folder)}: {link}"


def test_it_is_built_without_a_complaint(site: Site) -> None:
    assert site.complaints == []


def test_no_link_is_dead(site: Site) -> None:
    assert sum(len(parts.links) for parts in site.pages.values()) > 100
    assert list(dead(site)) == []


def test_nothing_comes_from_elsewhere(site: Site) -> None:
    for file, parts in site.pages.items():
        assert [one for one in parts.fetched if re.match(r"(https?:)?//", one)] == [], file


def test_each_exercise_has_its_goal_its_file_and_a_closed_solution(site: Site) -> None:
    text = (site.folder / KINDS["lesson"]).read_text(encoding="utf-8")
    assert text.count(">A solution of exercise 03.") == text.count(">Exercise 03.") // 2 == 6
    assert "<details open" not in text
    assert '"../exercises/03_schemas/2_optional_garage.py.html"' in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_used_by_everybody_and_asks_for_nothing_else(
    site: Site, make_context: MakeContext, kind: str, long_form: bool
) -> None:
    # The colours are the same ones on all pages; this one has few others beside them.
    schemes = SCHEMES if long_form or kind == "stub" else SCHEMES[:1]
    use(site, make_context().new_page(), KINDS[kind], schemes)


def test_every_page_that_is_written_can_be_used_by_everybody(
    site: Site, make_context: MakeContext, long_form: bool
) -> None:
    if not long_form:
        pytest.skip("--long looks at every page")
    pages = [file.relative_to(site.folder) for file in sorted(site.pages)]
    for path in pages:
        # The pages of source files are made alike: one of them is among the kinds.
        if path.parts[0] in WRITTEN or len(path.parts) == 1:
            context = make_context()
            use(site, context.new_page(), path.as_posix(), SCHEMES)
            context.close()


def use(site: Site, page: Page, path: str, schemes: Iterable[Scheme]) -> None:
    """Hold one page to what everybody needs, with all its closed parts open."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url(path))
    if path.startswith("search.html?"):
        expect(page.locator("#search-results li").first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, (path, width)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        broken = broken_rules(page)
        assert broken == "", f"{path}, {scheme}\n{broken}"
    assert [one for one in asked if not one.startswith((site.folder.as_uri(), "data:"))] == []


def test_the_search_finds_a_word_of_a_lesson(site: Site, page: Page) -> None:
    page.goto(site.url("index.html"))
    page.get_by_role("searchbox").or_(page.get_by_placeholder("Search")).first.fill("optional")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a", has_text="Schemas").first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("h1").first).to_contain_text("Schemas")


def test_a_solution_is_hidden_until_it_is_asked_for(site: Site, page: Page) -> None:
    page.goto(site.url(KINDS["lesson"]))
    solution = page.locator("details", has_text="A solution of exercise 03.1").first
    expect(solution.locator("pre")).to_be_hidden()
    solution.locator("summary").click()
    expect(solution.locator("pre")).to_be_visible()

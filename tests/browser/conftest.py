"""Chromium, driven by Playwright, and the web page opened in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, WebError, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# A name for the servers that is not localhost: some scripts are tamer there than when deployed.
PUBLIC_NAME = "served-twice.test"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {PUBLIC_NAME} 127.0.0.1",
)

expect.set_options(timeout=10_000)  # milliseconds: the machine may be busy

MakeContext = Callable[..., BrowserContext]
OpenForm = Callable[..., Page]


_open = ExitStack()  # the browser, once a test has asked for it
_windows: list[BrowserContext] = []  # the one that tests share, once a test has asked for it


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """End the browser with the last test of this folder that runs in a row.

    Playwright's event loop would stop other tests from running one of their own. A fixture for the
    whole session would keep it, and one for each module would start a browser eight times.
    """
    try:
        yield
    finally:
        if nextitem is None or nextitem.path.parent != item.path.parent:
            _windows.clear()
            _open.close()


@pytest.fixture
def shared_window() -> BrowserContext:
    """One window for all tests that need no special one: to open one costs most of a test.

    Its browser is Chromium with an empty profile. Skips where there is no Chromium, and fails
    there when REQUIRE_BROWSER is 1.
    """
    if not _windows:
        program = next(filter(None, map(shutil.which, NAMES)), None)
        if program is None:
            message = f"There is no Chromium on the PATH (looked for {', '.join(NAMES)})."
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"{message} REQUIRE_BROWSER=1 asks for one: install it.")
            pytest.skip(f"{message} Install it to test the web page.")
        chromium = _open.enter_context(sync_playwright()).chromium
        browser = chromium.launch(executable_path=program, args=list(ARGUMENTS))
        _open.callback(browser.close)
        _windows.append(browser.new_context())
    return _windows[0]


@pytest.fixture
def failures() -> Iterator[list[str]]:
    """Collect the scripts' failures, and fail the test that has caused one."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def make_context(shared_window: BrowserContext, failures: list[str]) -> Iterator[MakeContext]:
    """Return a function that opens a window of its own, with Playwright's options for contexts."""
    contexts: list[BrowserContext] = []
    browser = shared_window.browser
    assert browser is not None

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        context.on("weberror", lambda error: failures.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(shared_window: BrowserContext, failures: list[str]) -> Iterator[Page]:
    """An empty tab in a window that the tests share. The page under test stores nothing there."""

    def note(error: WebError) -> None:
        failures.append(str(error.error))

    shared_window.on("weberror", note)
    tab = shared_window.pages[0] if shared_window.pages else shared_window.new_page()
    yield tab
    tab.unroute_all(behavior="ignoreErrors")
    tab.goto("about:blank")
    shared_window.remove_listener("weberror", note)


@pytest.fixture
def open_form(page: Page) -> OpenForm:
    """Return a function that opens the web page of a server and waits until it is complete."""

    def open_form(url: str, tab: Page = page) -> Page:
        tab.goto(url)
        expect(tab.locator("select#Neighborhood")).to_have_value("NAmes")
        expect(tab.locator("#picture")).to_be_visible()
        return tab

    return open_form

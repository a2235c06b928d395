"""On a JupyterHub, the browser finds a server behind the Hub."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from lab.lessons import documentation
from lab.lessons.frame import frame
from lab.servers.browsing import browser_note, browser_url

URL = "http://127.0.0.1:41234"


@pytest.fixture
def on_a_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ModuleSpec("jupyter_server_proxy", None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: found)
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ada/")
    monkeypatch.delenv("JUPYTERHUB_PUBLIC_URL", raising=False)


def test_on_ones_own_computer_an_address_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    monkeypatch.delenv("JUPYTERHUB_PUBLIC_URL", raising=False)
    assert browser_url(f"{URL}/docs") == f"{URL}/docs"
    assert browser_note(URL) == ""


@pytest.mark.usefixtures("on_a_hub")
def test_a_hub_without_the_extension_passes_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert browser_url(URL) == URL


@pytest.mark.usefixtures("on_a_hub")
def test_on_a_hub_an_address_is_a_path_behind_the_hubs_own() -> None:
    assert browser_url(URL) == "/user/ada/proxy/41234/"
    assert browser_url(f"{URL}/docs?a=1") == "/user/ada/proxy/41234/docs?a=1"
    assert browser_url("https://example.org/docs") == "https://example.org/docs"
    note = "In your browser it is at /user/ada/proxy/41234/, behind the address of the Hub"
    assert browser_note(URL) == note


@pytest.mark.usefixtures("on_a_hub")
def test_a_hub_that_knows_its_address_gives_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_PUBLIC_URL", "https://class.example.org/user/ada/")
    there = "https://class.example.org/user/ada/proxy/41234/"
    assert browser_note(URL) == f"In your browser it is at {there}"
    assert browser_url(URL) == "/user/ada/proxy/41234/"


@pytest.mark.usefixtures("on_a_hub")
def test_the_frames_of_a_lesson_show_what_the_hub_passes_on() -> None:
    assert 'src="/user/ada/proxy/41234/docs"' in documentation({"Flask": URL}).data
    assert 'src="/user/ada/proxy/41234/"' in frame("The page", URL).data

"""Lesson 07's controls in JupyterLab itself: moved by key and by mouse, saved, and read back.

It runs the whole lesson in a JupyterLab of its own, so it waits for `--long`.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import BrowserContext, Locator, Page, expect

from lab.decide.state import State, read_state
from lab.decide.words import dollars
from lab.servers.ports import free_port

MakeContext = Callable[..., BrowserContext]

START_SECONDS = 180  # the machine may be busy
LESSON_MILLISECONDS = 300_000
LAPTOP = {"width": 1366, "height": 768}


@dataclass(frozen=True)
class Workbook:
    """A learner's copy, and where JupyterLab shows it."""

    folder: Path
    url: str
    token: str


@pytest.fixture
def workbook(tmp_path: Path, long_form: bool) -> Iterator[Workbook]:
    """Return a copy of the workbook in a JupyterLab of its own, with settings of its own."""
    if not long_form:
        pytest.skip("runs a lesson in JupyterLab; with --long")
    copy = tmp_path / "copy"
    program = Path(sys.executable).parent
    subprocess.run([program / "lab", "init", copy, "--share-packages"], check=True, timeout=120)
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
           "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")  # fmt: skip
    environment = {**os.environ, **{name: str(tmp_path / name) for name in own}}
    found = Workbook(copy, f"http://127.0.0.1:{free_port()}", secrets.token_hex(16))
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [
                program / "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
                f"--port={found.url.rpartition(':')[2]}", "--ServerApp.port_retries=0",
                "--ServerApp.root_dir=.", f"--IdentityProvider.token={found.token}",
            ],
            cwd=copy, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _await(found, server)
        yield found
    finally:
        server.terminate()  # it ends its kernels first
        server.wait(60)


def _await(workbook: Workbook, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            requests.get(f"{workbook.url}/api", timeout=START_SECONDS).raise_for_status()
            return
        except requests.ConnectionError:
            assert server.poll() is None, "JupyterLab has ended."
            assert time.monotonic() < end, "JupyterLab does not answer."
            time.sleep(0.2)


@pytest.fixture
def page(make_context: MakeContext) -> Page:
    """Return an empty tab as large as a laptop's screen."""
    tab = make_context(viewport=LAPTOP).new_page()
    tab.set_default_timeout(LESSON_MILLISECONDS)
    return tab


@pytest.fixture
def controls(workbook: Workbook, page: Page) -> Locator:
    """Return the cell with the controls, when the whole lesson has run."""
    lesson = f"{workbook.url}/lab/tree/notebooks/07_paas_or_iaas.ipynb"
    page.goto(f"{lesson}?token={workbook.token}")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    last = page.locator(".jp-CodeCell", has_text='progress("07")').locator(".jp-InputPrompt")
    expect(last.first).to_have_text(re.compile(r"\[\d+\]"), timeout=LESSON_MILLISECONDS)
    cell = page.locator(".jp-CodeCell", has_text="explorer = explore(")
    cell.evaluate("one => one.scrollIntoView()")
    expect(cell.locator("svg[role=img]")).to_be_visible()
    return cell


def run_below(cell: Locator, code: str, output: str) -> None:
    """Run code in a new cell below another, and wait for what it prints."""
    page = cell.page
    cell.locator(".jp-InputPrompt").first.click()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-CodeCell", has_text=code)).to_contain_text(output)
    cell.evaluate("one => one.scrollIntoView()")


def test_what_is_moved_is_redrawn_saved_and_read_back(
    workbook: Workbook, controls: Locator, page: Page
) -> None:
    handles = controls.locator(".noUi-handle")
    readouts = controls.locator(".widget-readout")
    picture = controls.locator("svg[role=img]")
    table = controls.locator("pre").last

    # The lesson's next cell has set the load and saved it, and showing it has changed nothing.
    expect(readouts.first).to_have_text("80,000,000")
    expect(picture).to_have_attribute("aria-label", re.compile("At 80 million requests a month"))
    saved = State("shop", {"load.requests": 80_000_000.0})
    assert read_state(workbook.folder / "reports" / "shop.json") == saved

    # No label is cut, and on a laptop the picture is in sight while a control is moved.
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert controls.locator(".widget-label").evaluate_all(cut) == []
    above, below = handles.first.bounding_box(), picture.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] - above["y"] < LAPTOP["height"] / 2

    # A key moves the load by a step of its slider, to 10 to the power 7.91.
    before = table.inner_text()
    handles.first.focus()
    page.keyboard.press("ArrowRight")
    expect(readouts.first).to_have_text("81,300,000")
    expect(table).not_to_have_text(before)
    expect(picture).to_have_attribute("aria-label", re.compile("At 81 million requests a month"))

    # The mouse moves the idle time to the end of its slider.
    before = table.inner_text()
    handles.nth(1).hover()
    box = handles.nth(1).bounding_box()
    assert box is not None
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(readouts.nth(1)).to_have_text("0.99")
    expect(table).not_to_have_text(before)

    # What is saved gives a terminal the numbers of the table.
    before = table.inner_text()
    run_below(controls, 'explorer.save("moved.json")', "Written: moved.json")
    file = workbook.folder / "notebooks" / "moved.json"
    told = subprocess.run(
        [Path(sys.executable).parent / "lab", "decide", "--state", file, "--json"],
        cwd=workbook.folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for one in json.loads(told.stdout)["bills"].values():
        assert dollars(one["total"]) in before

    # It is read back, and another picture comes with its own table.
    run_below(controls, 'explorer.reset(), explorer.load("moved.json")', "(None, None)")
    expect(readouts.nth(1)).to_have_text("0.99")
    expect(table).to_have_text(before)
    controls.locator("select").select_option("Points")
    expect(picture).to_have_attribute("aria-label", re.compile("^Points of 10"))
    expect(table).to_contain_text("Score (points)")

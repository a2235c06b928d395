"""The pages work wherever they are served, also below a path of a proxy."""

from __future__ import annotations

import re

import pytest

from apps.house_prices.pages import page


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_names_nothing_from_the_root(path: str) -> None:
    text = page(path).content.decode()
    assert re.findall(r"(?:href|src)=\"([^\"]+)\"", text)
    assert re.findall(r"(?:href|src)=\"(/[^\"]*)\"", text) == []

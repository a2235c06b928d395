"""The README's picture comes from both real servers and is small enough for a README."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tools import pictures

MOST_BYTES = 150_000


def test_the_picture_is_made_from_both_servers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], long_form: bool
) -> None:
    if not long_form:
        # Its parts are those of lesson 00, which has tests of its own.
        pytest.skip("It starts both servers and asks them 400 times: --long does.")
    target = tmp_path / "images" / "picture.png"
    pictures.main(target)
    said = capsys.readouterr().out
    assert str(target) in said
    assert "One house, two servers, the same price. Flask on gunicorn answered $" in said
    assert f"of its {pictures.EACH} answers" in said
    assert target.stat().st_size < MOST_BYTES
    with Image.open(target) as image:
        assert image.width == pictures.PIXELS


def test_the_committed_picture_is_there_and_small() -> None:
    assert pictures.PICTURE.stat().st_size < MOST_BYTES

"""What a notebook shows can be read by a screen reader, whatever is in it."""

from __future__ import annotations

import base64
import re

from matplotlib.figure import Figure

from lab.lessons import documentation, show


def test_a_figure_carries_its_description() -> None:
    shown = show(Figure(figsize=(4, 1), dpi=100), 'Two rows: "a" < "b"').data
    assert 'alt="Two rows: &quot;a&quot; &lt; &quot;b&quot;"' in shown
    png = re.search(r'src="data:image/png;base64,([^"]+)"', shown)
    assert png
    assert base64.b64decode(png[1]).startswith(b"\x89PNG")
    assert "width: 400px" in shown


def test_documentation_has_a_link_and_a_named_frame_for_each_server() -> None:
    shown = documentation({"Flask": "http://127.0.0.1:1", "A & B": "http://127.0.0.1:2"}).data
    for url in ("http://127.0.0.1:1/docs", "http://127.0.0.1:2/docs"):
        assert f'<a href="{url}"' in shown
        assert f'<iframe src="{url}"' in shown
    assert 'title="Documentation page of Flask"' in shown
    assert 'title="Documentation page of A &amp; B"' in shown

"""Show the documentation pages of running servers in a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping

from IPython.display import HTML

from lab.servers.browsing import browser_url

HEIGHT = 520  # pixels


def documentation(urls: Mapping[str, str]) -> HTML:
    """Return links to the documentation page below each base URL, and a frame that shows each.

    A frame is live: it shows the page only while its server runs.
    """
    frames = (_frame(name, browser_url(f"{url}/docs")) for name, url in urls.items())
    return HTML("".join(frames))  # type: ignore[no-untyped-call]


def _frame(name: str, url: str) -> str:
    name, url = html.escape(name), html.escape(url)
    return (
        f'<p><b>{name}</b>: <a href="{url}" target="_blank" rel="noopener">{url}</a></p>\n'
        f'<iframe src="{url}" title="Documentation page of {name}" '
        f'style="width: 100%; height: {HEIGHT}px; border: 1px solid #767676"></iframe>\n'
    )

"""Show a web page of a running server in a notebook."""

from __future__ import annotations

import html

from IPython.display import HTML

from lab.servers.browsing import browser_url

HEIGHT = 560  # pixels


def frame(name: str, url: str, *, width: int | None = None, height: int = HEIGHT) -> HTML:
    """Return a link to a page and a frame that shows it, as wide as the notebook unless told.

    A frame is live: it shows the page only while its server runs.
    """
    name, url = html.escape(name), html.escape(browser_url(url))
    wide = "100%" if width is None else f"{width}px"
    return HTML(  # type: ignore[no-untyped-call]
        f'<p><b>{name}</b>: <a href="{url}" target="_blank" rel="noopener">{url}</a></p>\n'
        f'<iframe src="{url}" title="{name}" style="width: {wide}; max-width: 100%; '
        f'height: {height}px; border: 1px solid #767676"></iframe>\n'
    )

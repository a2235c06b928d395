"""What a lesson has shown, without what only a running notebook can show."""

from __future__ import annotations

import re

from nbformat import NotebookNode

LOCAL = r"http://(?:127\.0\.0\.1|localhost):\d+"
FRAME = re.compile(rf'<iframe\b[^>]*\bsrc="{LOCAL}[^>]*>\s*</iframe>')
LINK = re.compile(rf'<a\b[^>]*\bhref="{LOCAL}[^>]*>(.*?)</a>', re.DOTALL)
INSTEAD = (
    '<p class="only-live">In the notebook, a frame here shows this page of the running server.</p>'
)
WIDGET = "application/vnd.jupyter.widget-view+json"


def still(notebook: NotebookNode) -> NotebookNode:
    """Return a lesson whose outputs need no server and no kernel: both ended with the lesson."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "data" in output:
                output.data.pop(WIDGET, None)
                if "text/html" in output.data:
                    output.data["text/html"] = still_html(output.data["text/html"])
    return notebook


def still_html(text: str) -> str:
    """Return a piece of HTML without frames and links that lead to a server of the lesson."""
    return LINK.sub(r"\1", FRAME.sub(INSTEAD, text))

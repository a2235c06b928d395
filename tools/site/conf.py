"""What Sphinx is told. The pages themselves come from `tools/site/pages.py`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

# jsonschema imports it where it is there, to check addresses: seconds for nothing here.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

HERE = Path(__file__).resolve().parent

project = "Served Twice"
author = "the authors of Served Twice"
language = "en"
extensions = ["myst_nb"]
exclude_patterns = ["_extra"]
suppress_warnings = [
    "misc.highlighting_failure",  # what a server sends is shown as it is, also where it is wrong
    "myst.header",  # the parts of a report begin where they begin
]

# Lessons have run before Sphinx sees them: see `tools/site/running.py`.
nb_execution_mode = "off"
nb_merge_streams = True
# Widgets need a kernel, and their scripts would come from elsewhere.
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
myst_heading_anchors = 6
myst_links_external_new_tab = False

templates_path = [str(HERE / "templates")]
html_theme = "furo"
html_title = "Served Twice"
html_favicon = str(HERE.parents[1] / "apps" / "house_prices" / "page" / "icon.svg")
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
# Excerpts would show solutions, and a page that is opened from a disk may not fetch another one.
html_show_search_summary = False
# Colours that can be told apart by people who see few of them, on light and on dark.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


def setup(app: Sphinx) -> None:
    """Mend each page after the theme has put it together."""
    app.connect("html-page-context", _mend, priority=900)


def _mend(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Give headings of lists of pages their level; an empty corner of a table is no heading."""
    del app, page, template, tree
    for part in ("body", "furo_navigation_tree"):
        if part in context:
            text = context[part].replace('role="heading"', 'role="heading" aria-level="2"')
            context[part] = re.sub(r"<th\b[^>]*>\s*(<p></p>)?\s*</th>", "<td></td>", text)

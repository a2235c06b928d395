"""axe's rules for pages that everybody can use, applied to long pages in little time.

To judge a text's colours takes axe some milliseconds, and a long page has thousands of texts that
look alike. So the first few texts of each look stand for all of it. A look is all that decides on
the colours: a text's own style, and the grounds of all that it lies in. Of a table with hundreds of
rows, the first and the last ones stay.
"""

from __future__ import annotations

from playwright.sync_api import Page

ROWS_BETWEEN = "tbody tr:nth-child(n + 16):nth-last-child(n + 16)"
REMOVE = "(rows) => document.querySelectorAll(rows).forEach((row) => row.remove())"
JUDGED = "data-judged-by-its-colours"
OF_EACH_LOOK = 3  # one may be covered by something else, and axe then says nothing of it
CHOOSE = """
([mark, most]) => {
  const ground = (element) => {
    if (!element) return [];
    const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(element);
    return [backgroundColor, backgroundImage, opacity, filter, ...ground(element.parentElement)];
  };
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1;
  const chosen = {};
  for (const element of document.querySelectorAll("body *")) {
    const isField = element.matches("input, select, textarea");
    const shows = isField || [...element.childNodes].some(isText);
    // What lies to the left of the page, as the folded menu, is not judged.
    const inSight = element.checkVisibility() && element.getBoundingClientRect().right > 0;
    if (!shows || !inSight) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const style = [element.tagName, element.className, color, fontSize, fontWeight, textShadow];
    const look = [...style, ...ground(element)].join();
    chosen[look] = (chosen[look] ?? 0) + 1;
    if (chosen[look] <= most) element.setAttribute(mark, "");
  }
}
"""
CONFIGURE = f"axe.configure({{rules: [{{id: 'color-contrast', selector: '[{JUDGED}]'}}]}})"


def broken_rules(page: Page) -> str:
    """Return what axe complains of, or nothing when every rule is kept. Long tables get shorter."""
    # Not everybody has it: it comes with what builds the site.
    from axe_playwright_python.base import AXE_SCRIPT
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(REMOVE, ROWS_BETWEEN)
    page.evaluate(CHOOSE, [JUDGED, OF_EACH_LOOK])
    found = Axe(f"{AXE_SCRIPT}\n{CONFIGURE}").run(page)
    return found.generate_report() if found.violations_count else ""

"""axe's rules for pages that everybody can use, applied to long pages in little time.

axe looks at each element of a page, and to judge a text's colours takes it some milliseconds. A
long page has thousands of texts that look alike, so:

- The first few texts of each look stand for all of it. A look is all that decides on the colours:
  a text's own style, and the grounds of all that it lies in.
- Of a table with hundreds of rows, the first and the last ones stay.
- Code has an element around each word, for its colour alone: only those that are judged stay.
"""

from __future__ import annotations

from playwright.sync_api import Page

JUDGED = "data-judged-by-its-colours"
OF_EACH_LOOK = 3  # one may be covered by something else, and axe then says nothing of it
ROWS_BETWEEN = "tbody tr:nth-child(n + 16):nth-last-child(n + 16)"
WORDS_OF_CODE = f"pre span:not([{JUDGED}])"

SHORTEN_TABLES = "(rows) => document.querySelectorAll(rows).forEach((row) => row.remove())"
CHOOSE_TEXTS = """
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
UNWRAP = """
(words) => document.querySelectorAll(words).forEach((word) => word.replaceWith(...word.childNodes))
"""
CONFIGURE = f"axe.configure({{rules: [{{id: 'color-contrast', selector: '[{JUDGED}]'}}]}})"


def broken_rules(page: Page) -> str:
    """Return what axe complains of, or nothing when every rule is kept. The page gets shorter."""
    # Not everybody has it: it comes with what builds the site.
    from axe_playwright_python.base import AXE_SCRIPT
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(SHORTEN_TABLES, ROWS_BETWEEN)
    page.evaluate(CHOOSE_TEXTS, [JUDGED, OF_EACH_LOOK])
    page.evaluate(UNWRAP, WORDS_OF_CODE)
    found = Axe(f"{AXE_SCRIPT}\n{CONFIGURE}").run(page)
    return found.generate_report() if found.violations_count else ""

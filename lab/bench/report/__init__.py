"""The report of a session, as Markdown and as one page of HTML: made from the results alone."""

from __future__ import annotations

from pathlib import Path

from lab.bench.results import Results

NAME = "report"


def write(results: Results, folder: Path, name: str = NAME) -> list[Path]:
    """Write the report into a folder, and return the files: Markdown first, then the page.

    What was not measured is left out or named: a session that was interrupted has a report, too.
    """
    # Other sheets are made of the same blocks, and need not wait for SciPy.
    from lab.bench.report.markdown import markdown
    from lab.bench.report.page import page
    from lab.bench.report.sections import document

    folder.mkdir(parents=True, exist_ok=True)
    whole = document(results)
    texts = {folder / f"{name}.md": markdown(whole), folder / f"{name}.html": page(whole)}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)

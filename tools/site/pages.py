"""The pages of the site, at the paths that their sources have in the repository.

So a link in a lesson or a document leads where it led. What such a link names becomes a page, too:
a Markdown file as it is, another text with its colours.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from lab.exercises.catalogue import exercises
from tools.build_notebooks import build, to_text
from tools.site.exercises import for_reading
from tools.site.outputs import still
from tools.site.running import Runner

# A link in Markdown to another file: [text](target) or [text](target#part).
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s:#]+)(?P<part>#[^)\s]*)?\)")
ORPHAN = "---\norphan: true\n---\n\n"  # a page that no list of contents names
PICTURES = {".png", ".svg"}
LANGUAGES = {
    ".css": "css",
    ".html": "html",
    ".js": "javascript",
    ".json": "json",
    ".jsx": "jsx",
    ".py": "python",
    ".sh": "bash",
    ".toml": "toml",
    ".ts": "typescript",
    ".yaml": "yaml",
    ".yml": "yaml",
}
INDEX = Path(__file__).with_name("index.md")
GLOSSARY, REPORT = "docs/glossary.md", "reports/report.md"
PICTURED = "report-with-pictures.html"
EXTRA = "_extra"  # goes into the site as it is

Pages = dict[str, str]


def lessons(root: Path, runner: Runner | None, chapters: Collection[str] | None = None) -> Pages:
    """Return every lesson as the text of a notebook: with outputs when there is a runner.

    Where chapters are named, such as "03", the others are there with their first cell alone.
    """
    made: Pages = {}
    for source in sorted((root / "content").glob("[0-9][0-9]_*.py")):
        if chapters is not None and source.name[:2] not in chapters:
            lesson = _beginning(source)
        else:
            found = {one.number: one for one in exercises(source.with_suffix(""))}
            lesson = for_reading(build(source), found)
            if runner is not None:
                lesson = still(runner.outputs(source.stem, lesson))
        made[f"notebooks/{source.stem}.ipynb"] = to_text(lesson)
    return made


def _beginning(source: Path) -> NotebookNode:
    heading = re.search(r"^# (# .+)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None
    first = nbformat.v4.new_markdown_cell(heading[1])  # type: ignore[no-untyped-call]
    made: NotebookNode = nbformat.v4.new_notebook(cells=[first])  # type: ignore[no-untyped-call]
    return made


def documents(root: Path, reports: Path) -> Pages:
    """Return every document, the README, the changelog, and the last report where there is one."""
    files = [*sorted((root / "docs").glob("*.md")), root / "README.md", root / "CHANGELOG.md"]
    made = {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in files
        if file.exists()
    }
    report = reports / "report.md"
    if report.exists():
        when = datetime.fromtimestamp(report.stat().st_mtime, tz=UTC).date().isoformat()
        note = f"`lab bench` wrote this report on {when}."
        if report.with_suffix(".html").exists():
            note += f' There is one <a href="{PICTURED}">with its pictures</a>, too.'
        heading, _, rest = report.read_text(encoding="utf-8").partition("\n")
        made[REPORT] = f"{heading}\n\n{note}\n{rest}"
    return made


def write(pages: Pages, folder: Path, root: Path, reports: Path) -> None:
    """Write the sources of a site into a folder: these pages, and all that they link."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in _with_linked({**pages, "index.md": _index(pages)}, root).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    shutil.copytree(root / "docs" / "images", folder / "docs" / "images")
    (folder / EXTRA / "reports").mkdir(parents=True)
    pictured = reports / "report.html"
    if pictured.exists():
        shutil.copy(pictured, folder / EXTRA / "reports" / PICTURED)


def _with_linked(pages: Pages, root: Path) -> Pages:
    """Return these pages and one for each file that they link, with links that lead there."""
    done: Pages = {}
    wanted = dict(pages)
    while wanted:
        path, text = wanted.popitem()
        done[path], named = _with_links(path, text, root)
        for name in named:
            page = _page_of(name)
            if page not in done and page not in wanted:
                wanted[page] = _file_page(root / name, name)
    return done


def _with_links(path: str, text: str, root: Path) -> tuple[str, list[str]]:
    """Return a page's text with its links, and the files of the repository that it links."""
    if (root / path).with_suffix("").is_file():
        return text, []  # the page of a file that is not Markdown
    if not path.endswith(".ipynb"):
        return _led(path, text, root)
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    named: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source, more = _led(path, cell.source, root)
            named += more
    return to_text(notebook), named


def _led(path: str, text: str, root: Path) -> tuple[str, list[str]]:
    named: list[str] = []

    def lead(match: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["target"]))
        file = root / name
        if file.is_dir():
            return match["text"]  # a folder has no page
        if not file.is_file() or file.suffix in PICTURES:
            return match[0]
        page = name if name.startswith("notebooks/") else _page_of(name)
        if not name.startswith("notebooks/"):
            named.append(name)
        target = posixpath.relpath(page, posixpath.dirname(path) or ".")
        return f"[{match['text']}]({target}{match['part'] or ''})"

    return LINK.sub(lead, text), named


def _page_of(name: str) -> str:
    return name if name.endswith(".md") else f"{name}.md"


def _file_page(file: Path, name: str) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        return ORPHAN + text
    language = LANGUAGES.get(file.suffix, "text")
    return f"{ORPHAN}# {name}\n\n~~~~~~{language}\n{text.rstrip()}\n~~~~~~\n"


def _index(pages: Pages) -> str:
    lessons = [path for path in pages if path.startswith("notebooks/")]
    listed = {
        "Lessons": [f"{_number(path)} {_title(pages[path])} <{path}>" for path in lessons],
        "To look up": [path for path in (GLOSSARY, REPORT) if path in pages],
        "Documents": [path for path in pages if path.startswith("docs/") and path != GLOSSARY],
        "The project": [
            "README <README.md>",
            *(path for path in ("CHANGELOG.md",) if path in pages),
        ],
    }
    parts = [INDEX.read_text(encoding="utf-8")]
    for caption, lines in listed.items():
        names = "\n".join(lines)
        parts.append(f"```{{toctree}}\n:caption: {caption}\n:maxdepth: 1\n\n{names}\n```")
    return "\n\n".join(parts) + "\n"


def _number(path: str) -> str:
    return path.removeprefix("notebooks/")[:2]


def _title(notebook: str) -> str:
    first = nbformat.reads(notebook, as_version=4).cells[0].source  # type: ignore[no-untyped-call]
    return str(first).partition("\n")[0].removeprefix("# ")

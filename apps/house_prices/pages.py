"""The files that a browser is sent: the web page, the documentation page and their assets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from swagger_ui_bundle import swagger_ui_path

from apps.house_prices.contract import ASSETS, DOCS, OPENAPI_FILE, PAGE
from apps.house_prices.problems import ProblemError

_FOLDER = Path(__file__).parent / "page"
_SWAGGER = Path(swagger_ui_path)

# What a request may ask for: no path from a request ever reaches the file system.
_FILES = {
    **{f"{ASSETS}/{file.name}": file for file in _FOLDER.iterdir() if file.suffix != ".html"},
    f"{ASSETS}/swagger-ui.css": _SWAGGER / "swagger-ui.css",
    f"{ASSETS}/swagger-ui-bundle.js": _SWAGGER / "swagger-ui-bundle.js",
    PAGE: _FOLDER / "index.html",
    DOCS: _FOLDER / "docs.html",
}

# Not asked of the system: some systems have other ideas of what a .js file is.
_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}

# Our own files change together with a release, and must never be mixed from two of them.
_FRESH = "no-cache"
_LASTING = "public, max-age=3600"


@dataclass(frozen=True)
class Page:
    """A file as it is sent."""

    content: bytes
    media_type: str
    cache_control: str


@cache
def _load(path: str) -> Page:
    file = _FILES[path]
    return Page(
        content=file.read_bytes(),
        media_type=f"{_MEDIA_TYPES[file.suffix]}; charset=utf-8",
        cache_control=_FRESH if file.parent == _FOLDER else _LASTING,
    )


def page(path: str) -> Page:
    """Return the file served at a path.

    Raises:
        ProblemError: 404, when there is none.
    """
    if path not in _FILES:
        raise ProblemError(404)
    return _load(path)


@cache
def openapi_document() -> bytes:
    """Return the contract as committed, as UTF-8 JSON."""
    return OPENAPI_FILE.read_bytes()

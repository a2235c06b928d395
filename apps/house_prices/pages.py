"""The files that a browser is sent: the web page, the documentation page and their assets."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from swagger_ui_bundle import swagger_ui_path

from apps.house_prices.contract import ASSETS, DOCS, OPENAPI_FILE, PAGE
from apps.house_prices.problems import ProblemError

_FOLDER = Path(__file__).parent / "page"
_SWAGGER = Path(swagger_ui_path)

# Only what is named here is served: no path from a request ever reaches the file system.
_FILES = {
    PAGE: _FOLDER / "index.html",
    DOCS: _FOLDER / "docs.html",
    f"{ASSETS}/page.css": _FOLDER / "page.css",
    f"{ASSETS}/page.js": _FOLDER / "page.js",
    f"{ASSETS}/api.js": _FOLDER / "api.js",
    f"{ASSETS}/errors.js": _FOLDER / "errors.js",
    f"{ASSETS}/fields.js": _FOLDER / "fields.js",
    f"{ASSETS}/picture.js": _FOLDER / "picture.js",
    f"{ASSETS}/wire.js": _FOLDER / "wire.js",
    f"{ASSETS}/words.js": _FOLDER / "words.js",
    f"{ASSETS}/sales.json": _FOLDER / "sales.json",
    f"{ASSETS}/icon.svg": _FOLDER / "icon.svg",
    f"{ASSETS}/docs.css": _FOLDER / "docs.css",
    f"{ASSETS}/docs.js": _FOLDER / "docs.js",
    f"{ASSETS}/swagger-ui.css": _SWAGGER / "swagger-ui.css",
    f"{ASSETS}/swagger-ui-bundle.js": _SWAGGER / "swagger-ui-bundle.js",
}

ASSET_SECONDS = 3600


@dataclass(frozen=True)
class Page:
    """A file as it is sent."""

    content: bytes
    media_type: str
    cache_control: str


@cache
def _load(path: str) -> Page:
    file = _FILES[path]
    media_type, _ = mimetypes.guess_type(file.name)
    lasting = path.startswith(ASSETS)
    return Page(
        content=file.read_bytes(),
        media_type=f"{media_type}; charset=utf-8",
        cache_control=f"public, max-age={ASSET_SECONDS}" if lasting else "no-cache",
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

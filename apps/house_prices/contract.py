"""The fixed points of the REST contract: its paths, its limits, its media types."""

from __future__ import annotations

from pathlib import Path

NAME = "Served Twice"
API_VERSION = "1.0.0"
DESCRIPTION = (
    "Prices of houses in Ames, Iowa, predicted from what is known about a house. The same "
    "contract is served by Flask on gunicorn and by FastAPI on uvicorn. Every error is a problem "
    "document (RFC 9457). A client may send X-Request-ID; every answer carries it."
)

PAGE = "/"
DOCS = "/docs"
ASSETS = "/assets"
OPENAPI = "/api/v1/openapi.json"
HEALTH = "/api/v1/health"
READY = "/api/v1/ready"
PREDICT = "/api/v1/predict"
LISTING_PRICE = "/api/v1/listings/{listing_id}/price"

# A busy server still says that it is alive: these two are never refused.
ALWAYS_ANSWERED = frozenset({HEALTH, READY})

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"

MAX_HOUSES = 10_000
RETRY_AFTER_SECONDS = 1

OPENAPI_FILE = Path(__file__).parent / "openapi.json"

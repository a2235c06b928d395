"""The FastAPI app with some of its production behaviour left out, to see what each part costs.

The environment variable PARTS says what is in, of: errors, request_id, log, limits. Without any
it is FastAPI, its validation and the model.
"""

from __future__ import annotations

import os

from fastapi import FastAPI

from apps.fastapi_app import middleware
from apps.fastapi_app.errors import register_errors
from apps.fastapi_app.main import NO_TELEMETRY
from apps.fastapi_app.routes import add_api, add_pages
from apps.fastapi_app.upstream import ListingService
from apps.house_prices.logs import configure_logging
from apps.house_prices.model import load_model
from apps.house_prices.settings import load_settings


def make_app(parts: frozenset[str]) -> FastAPI:
    """Return the app with these parts."""
    settings = load_settings()
    configure_logging(settings)
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    add_api(app, load_model(), ListingService(settings), settings)
    add_pages(app)
    if "errors" in parts:
        register_errors(app)
    if "limits" in parts:
        app.add_middleware(middleware.ConcurrencyLimit, limit=settings.max_concurrent_requests)
        app.add_middleware(middleware.HeadAsGet)
    if "request_id" in parts:
        if "log" not in parts:
            vars(middleware)["log_request"] = lambda *_: None
        app.add_middleware(middleware.RequestLog)
    return app


app = make_app(frozenset(os.environ.get("PARTS", "").split()))

"""The FastAPI application: `uvicorn apps.fastapi_app.main:app`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from apps.fastapi_app.errors import register_errors
from apps.fastapi_app.middleware import ConcurrencyLimit, Cors, HeadAsGet, RequestLog
from apps.fastapi_app.routes import add_api, add_pages
from apps.fastapi_app.upstream import ListingService
from apps.house_prices import contract
from apps.house_prices.logs import configure_logging
from apps.house_prices.model import ModelError, load_model
from apps.house_prices.settings import Settings, load_settings, refuse_to_start

# FastAPI would look at each request whether somebody has set OpenTelemetry up. Nobody has: what is
# seen of a request is its log line.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application, its model loaded.

    Ends the process when a setting is wrong or the model's files are not what they should be.
    """
    settings = settings or load_settings()
    configure_logging(settings)
    try:
        model = load_model(settings.model_folder)
    except ModelError as error:
        refuse_to_start(str(error))

    listings = ListingService(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await listings.close()

    app = FastAPI(
        title=contract.NAME,
        version=contract.API_VERSION,
        description=contract.DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    add_api(app, model, listings, settings)
    add_pages(app)
    register_errors(app)
    # The last one added is the outermost: it sees every request first and every answer last.
    app.add_middleware(ConcurrencyLimit, limit=settings.max_concurrent_requests)
    app.add_middleware(HeadAsGet)
    if settings.cors_origins:
        app.add_middleware(Cors, origins=settings.cors_origins)
    app.add_middleware(RequestLog)
    return app


app = create_app()

"""What the API answers: each path of the contract in a few lines."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from apps.fastapi_app.bodies import documented_body, json_body, json_response
from apps.fastapi_app.upstream import ListingService
from apps.house_prices import contract, pages
from apps.house_prices.messages import (
    Health,
    ListingPrice,
    PredictRequest,
    PredictResponse,
    Ready,
    problem_responses,
)
from apps.house_prices.model import Model
from apps.house_prices.problems import not_ready
from apps.house_prices.settings import Settings
from apps.house_prices.upstream import LISTING_ID

ListingId = Annotated[
    str, Path(description="Id of the listing: digits.", json_schema_extra={"pattern": LISTING_ID})
]

# Up to this many houses are priced at once; more go to a thread, so that nobody else waits.
INLINE_HOUSES = 100


def add_api(app: FastAPI, model: Model, listings: ListingService, settings: Settings) -> None:
    """Add the routes of the API; the busiest first, because they are tried in this order."""

    @app.post(
        contract.PREDICT,
        summary="Price houses",
        tags=["House prices"],
        operation_id="predict",
        response_model=PredictResponse,
        responses=problem_responses(413, 415, 422, 500, 503),
        openapi_extra=documented_body(PredictRequest),
    )
    async def predict(request: Request) -> Response:
        houses = (await json_body(request, PredictRequest, settings.max_body_bytes)).inputs
        if len(houses) > INLINE_HOUSES:
            predictions = await run_in_threadpool(model.predict, houses)
        else:
            predictions = model.predict(houses)
        return json_response(PredictResponse(predictions=predictions, version=model.version))

    @app.get(
        contract.LISTING_PRICE,
        summary="Price a listed house",
        tags=["House prices"],
        operation_id="listing_price",
        responses=problem_responses(404, 500, 502, 503, 504),
    )
    async def listing_price(listing_id: ListingId) -> ListingPrice:
        house = await listings.fetch(listing_id)
        [prediction] = model.predict([house])
        return ListingPrice(listing=listing_id, prediction=prediction, version=model.version)

    @app.get(
        contract.HEALTH,
        summary="Is it alive?",
        tags=["The server"],
        operation_id="health",
        responses=problem_responses(500),
    )
    async def health() -> Health:
        return Health(
            name=contract.NAME, api_version=contract.API_VERSION, model_version=model.version
        )

    @app.get(
        contract.READY,
        summary="Can it predict?",
        tags=["The server"],
        operation_id="ready",
        responses=problem_responses(500, 503),
    )
    async def ready() -> Ready:
        if not model.is_intact():
            raise not_ready()
        return Ready(ready=True, model_version=model.version)


def add_pages(app: FastAPI) -> None:
    """Add the routes of the web page, the documentation and their assets."""

    @app.get(contract.PAGE, include_in_schema=False)
    @app.get(contract.DOCS, include_in_schema=False)
    @app.get(contract.ASSETS + "/{name}", include_in_schema=False)
    async def page(request: Request) -> Response:
        found = pages.page(request.url.path)
        headers = {"Cache-Control": found.cache_control, "Content-Type": found.media_type}
        return Response(found.content, headers=headers)

    @app.get(contract.OPENAPI, include_in_schema=False)
    async def openapi() -> Response:
        return Response(pages.openapi_document(), media_type=contract.JSON)

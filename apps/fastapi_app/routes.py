"""What the API answers: each path of the contract in a few lines."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from apps.fastapi_app.json_route import json_route
from apps.house_prices import contract, pages
from apps.house_prices.messages import (
    Health,
    PredictRequest,
    PredictResponse,
    Ready,
    problem_responses,
)
from apps.house_prices.model import Model
from apps.house_prices.problems import not_ready
from apps.house_prices.settings import Settings

# Up to this many houses are priced at once; more go to a thread, so that nobody else waits.
INLINE_HOUSES = 100


def make_router(model: Model, settings: Settings) -> APIRouter:
    """Return the routes of the API."""
    router = APIRouter(route_class=json_route(settings.max_body_bytes))

    @router.get(
        contract.HEALTH,
        summary="Is it alive?",
        operation_id="health",
        responses=problem_responses(500),
    )
    async def health() -> Health:
        return Health(
            name=contract.NAME, api_version=contract.API_VERSION, model_version=model.version
        )

    @router.get(
        contract.READY,
        summary="Can it predict?",
        operation_id="ready",
        responses=problem_responses(500, 503),
    )
    async def ready() -> Ready:
        if not model.is_intact():
            raise not_ready()
        return Ready(ready=True, model_version=model.version)

    @router.post(
        contract.PREDICT,
        summary="Price houses",
        operation_id="predict",
        responses=problem_responses(413, 415, 422, 500, 503),
    )
    async def predict(body: PredictRequest) -> PredictResponse:
        houses = body.inputs
        if len(houses) > INLINE_HOUSES:
            predictions = await run_in_threadpool(model.predict, houses)
        else:
            predictions = model.predict(houses)
        return PredictResponse(predictions=predictions, version=model.version)

    return router


def make_pages() -> APIRouter:
    """Return the routes of the web page, the documentation and their assets."""
    router = APIRouter(include_in_schema=False)

    @router.get(contract.PAGE)
    @router.get(contract.DOCS)
    @router.get(contract.ASSETS + "/{name}")
    async def page(request: Request) -> Response:
        found = pages.page(request.url.path)
        headers = {"Cache-Control": found.cache_control, "Content-Type": found.media_type}
        return Response(found.content, headers=headers)

    @router.get(contract.OPENAPI)
    async def openapi() -> Response:
        return Response(pages.openapi_document(), media_type=contract.JSON)

    return router

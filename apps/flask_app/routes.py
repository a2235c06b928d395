"""What the API answers: each path of the contract in a few lines."""

from __future__ import annotations

from flask import Flask, Response, request

from apps.flask_app.bodies import json_body, json_response
from apps.flask_app.upstream import ListingService
from apps.house_prices import contract, pages
from apps.house_prices.messages import (
    Health,
    ListingPrice,
    PredictRequest,
    PredictResponse,
    Ready,
)
from apps.house_prices.model import Model
from apps.house_prices.problems import not_ready
from apps.house_prices.settings import Settings


def add_api(app: Flask, model: Model, listings: ListingService, settings: Settings) -> None:
    """Add the routes of the API."""

    @app.post(contract.PREDICT)
    def predict() -> Response:
        body = json_body(PredictRequest, settings.max_body_bytes)
        predictions = model.predict(body.inputs)
        return json_response(PredictResponse(predictions=predictions, version=model.version))

    @app.get(rule(contract.LISTING_PRICE))
    def listing_price(listing_id: str) -> Response:
        house = listings.fetch(listing_id)
        [prediction] = model.predict([house])
        return json_response(
            ListingPrice(listing=listing_id, prediction=prediction, version=model.version)
        )

    @app.get(contract.HEALTH)
    def health() -> Response:
        return json_response(
            Health(
                name=contract.NAME, api_version=contract.API_VERSION, model_version=model.version
            )
        )

    @app.get(contract.READY)
    def ready() -> Response:
        if not model.is_intact():
            raise not_ready()
        return json_response(Ready(ready=True, model_version=model.version))


def add_pages(app: Flask) -> None:
    """Add the routes of the web page, the documentation and their assets."""

    @app.get(contract.PAGE)
    @app.get(contract.DOCS)
    @app.get(rule(contract.ASSETS + "/{name}"))
    def page(**_: str) -> Response:
        found = pages.page(request.path)
        headers = {"Cache-Control": found.cache_control, "Content-Type": found.media_type}
        return Response(found.content, headers=headers)

    @app.get(contract.OPENAPI)
    def openapi() -> Response:
        return Response(pages.openapi_document(), mimetype=contract.JSON)


def rule(path: str) -> str:
    """Return a path of the contract in Flask's spelling: <name> where FastAPI has {name}."""
    return path.replace("{", "<").replace("}", ">")

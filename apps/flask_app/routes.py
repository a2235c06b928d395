"""What the API answers: each path of the contract in a few lines."""

from __future__ import annotations

from flask import Blueprint, Response, request
from pydantic import BaseModel

from apps.flask_app.json_route import json_body
from apps.house_prices import contract, pages
from apps.house_prices.messages import Health, PredictRequest, PredictResponse, Ready
from apps.house_prices.model import Model
from apps.house_prices.problems import not_ready
from apps.house_prices.settings import Settings


def make_blueprint(model: Model, settings: Settings) -> Blueprint:
    """Return the routes of the API."""
    blueprint = Blueprint("api", __name__)

    @blueprint.get(contract.HEALTH)
    def health() -> Response:
        return json_response(
            Health(
                name=contract.NAME, api_version=contract.API_VERSION, model_version=model.version
            )
        )

    @blueprint.get(contract.READY)
    def ready() -> Response:
        if not model.is_intact():
            raise not_ready()
        return json_response(Ready(ready=True, model_version=model.version))

    @blueprint.post(contract.PREDICT)
    def predict() -> Response:
        body = json_body(PredictRequest, settings.max_body_bytes)
        predictions = model.predict(body.inputs)
        return json_response(PredictResponse(predictions=predictions, version=model.version))

    return blueprint


def make_pages() -> Blueprint:
    """Return the routes of the web page, the documentation and their assets."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get(contract.PAGE)
    @blueprint.get(contract.DOCS)
    @blueprint.get(contract.ASSETS + "/<name>")
    def page(**_: str) -> Response:
        found = pages.page(request.path)
        headers = {"Cache-Control": found.cache_control, "Content-Type": found.media_type}
        return Response(found.content, headers=headers)

    @blueprint.get(contract.OPENAPI)
    def openapi() -> Response:
        return Response(pages.openapi_document(), mimetype=contract.JSON)

    return blueprint


def json_response(message: BaseModel) -> Response:
    """Return an answer with a message as its body. FastAPI does this from the return type."""
    return Response(message.model_dump_json(), mimetype=contract.JSON)

"""What the bare functions answer: the same schema and the same model as both apps."""

from __future__ import annotations

from apps.house_prices import contract
from apps.house_prices.messages import Health, PredictRequest, PredictResponse
from apps.house_prices.model import load_model

model = load_model()

HEALTH = (
    Health(name=contract.NAME, api_version=contract.API_VERSION, model_version=model.version)
    .model_dump_json()
    .encode()
)


def priced(body: bytes) -> bytes:
    """Return the answer to a body of predict."""
    houses = PredictRequest.model_validate_json(body).inputs
    answer = PredictResponse(predictions=model.predict(houses), version=model.version)
    return answer.model_dump_json().encode()


# What a prediction looks like, for layers that compute none.
PRICED = PredictResponse(predictions=[208500.0], version=model.version).model_dump_json().encode()

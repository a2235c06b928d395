"""Write the contract file, apps/house_prices/openapi.json, from what FastAPI knows of the routes.

`python -m tools.contract` writes it; with `--check` it only says whether it is in step.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from apps.fastapi_app.main import create_app
from apps.house_prices.contract import LISTING_PRICE, OPENAPI_FILE
from apps.house_prices.messages import PredictRequest


def contract() -> dict[str, Any]:
    """Return what FastAPI derives from the routes, without an answer that is never given.

    FastAPI adds its own 422 to every path with a parameter. Here an impossible id is a 404.
    """
    document = create_app().openapi()
    document["components"]["schemas"] |= body_schemas()
    del document["paths"][LISTING_PRICE]["get"]["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        del document["components"]["schemas"][name]
    return document


def body_schemas() -> dict[str, Any]:
    """Return the schemas of the body that is read by hand, which FastAPI does not look at."""
    schema = PredictRequest.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = schema.pop("$defs")
    return schemas | {"PredictRequest": schema}


def main() -> None:
    """Write the file, or with --check exit with 1 when it is not what would be written."""
    made = json.dumps(contract(), indent=2, ensure_ascii=False) + "\n"
    if "--check" not in sys.argv[1:]:
        OPENAPI_FILE.write_text(made, encoding="utf-8")
        return
    if not OPENAPI_FILE.exists() or OPENAPI_FILE.read_text(encoding="utf-8") != made:
        sys.exit(
            f"{OPENAPI_FILE.name} is not what the routes say. If the contract was meant to change, "
            "run: python -m tools.contract"
        )


if __name__ == "__main__":
    main()

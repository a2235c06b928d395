"""Write the contract file, apps/house_prices/openapi.json, from what FastAPI knows of the routes.

`python -m tools.contract` writes it; with `--check` it only says whether it is in step.
"""

from __future__ import annotations

import json
import sys

from apps.fastapi_app.main import create_app
from apps.house_prices.contract import OPENAPI_FILE


def main() -> None:
    """Write the file, or with --check exit with 1 when it is not what would be written."""
    made = json.dumps(create_app().openapi(), indent=2, ensure_ascii=False) + "\n"
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

"""Price a house with requests.

    python clients/command_line/predict.py http://127.0.0.1:8000
    python clients/command_line/predict.py http://127.0.0.1:8000 '{"GrLivArea": 896,
        "OverallQual": 5, "Neighborhood": "NAmes", "YearBuilt": 1961}'

Prints the price. Without one, says why on standard error and ends with 1.
"""

from __future__ import annotations

import json
import sys

import requests

HOUSE = '{"GrLivArea": 896, "OverallQual": 5, "Neighborhood": "NAmes", "YearBuilt": 1961}'
SECONDS = 10  # requests waits for ever unless told


def price(url: str, house: object) -> float:
    """Return the price of a house in dollars: an object of column names and values.

    Raises requests.HTTPError when the server refuses, another requests.RequestException without
    an answer.
    """
    answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=SECONDS)
    answer.raise_for_status()
    return float(answer.json()["predictions"][0])


def describe(answer: requests.Response) -> str:
    """Return a refusal as lines for a person: every one is a problem document of one shape."""
    if answer.headers.get("Content-Type") != "application/problem+json":
        return f"{answer.status_code} {answer.reason}: this is not the API's own answer."
    problem = answer.json()
    lines = [f"{problem['status']} {problem['title']}: {problem['detail']}"]
    for error in problem.get("errors", []):
        place = ".".join(str(part) for part in error["loc"])
        lines.append(f"  {place}: {error['msg']}")
    return "\n".join(lines)


def main(url: str = "http://127.0.0.1:8000", house: str = HOUSE) -> None:
    """Print the price of a house given as JSON, or exit with the reason."""
    try:
        sys.stdout.write(f"{price(url, json.loads(house)):,.2f} dollars\n")
    except requests.HTTPError as error:
        sys.exit(describe(error.response))
    except requests.RequestException as error:
        sys.exit(f"No answer from {url}: {error}")
    except ValueError as error:
        sys.exit(f"The house is not JSON: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Price houses with a typed client that is generated from the contract.

The client is not kept: it is made anew from the contract file, which is the only source.

    openapi-python-client generate --meta none --overwrite \
        --path apps/house_prices/openapi.json \
        --config clients/typed/generator.yaml \
        --output-path clients/typed/house_prices_client
    python clients/typed/price.py http://127.0.0.1:8000 5

A mobile app is made the same way, with its own language's generator for the same file. What the
types buy: the editor knows the 79 columns and their codes, and a checker finds a misspelt one, or
an error that nobody handled, before anything is sent.
"""

from __future__ import annotations

import sys

import httpx
from house_prices_client import Client
from house_prices_client.api.house_prices import predict
from house_prices_client.models import House, PredictRequest, PredictResponse, Problem
from house_prices_client.types import Unset


def price(client: Client, house: House) -> float | Problem:
    """Return the price of a house in dollars, or what the server says is wrong.

    Raises httpx.HTTPError without an answer, and what the generated client raises for an answer
    that is not in the contract.
    """
    answer = predict.sync(client=client, body=PredictRequest(inputs=[house]))
    match answer:
        case PredictResponse(predictions=[dollars]):
            return dollars
        case Problem():
            return answer
    raise ValueError("The answer holds no price.")


def describe(problem: Problem) -> str:
    """Return an error document as lines for a person."""
    lines = [f"{problem.status} {problem.title}: {problem.detail}"]
    if not isinstance(problem.errors, Unset) and problem.errors is not None:
        lines += [f"  {error.loc[-1]}: {error.msg}" for error in problem.errors]
    return "\n".join(lines)


def main(url: str = "http://127.0.0.1:8000", quality: str = "5") -> None:
    """Price a small house of this quality, from 1 to 10, or exit with the error."""
    house = House(
        gr_liv_area=896,
        overall_qual=int(quality),
        neighborhood="NAmes",
        year_built=1961,
        kitchen_qual="TA",
        garage_cars=1,
    )
    try:
        with Client(url, raise_on_unexpected_status=True, timeout=httpx.Timeout(10)) as client:
            found = price(client, house)
    except httpx.HTTPError as error:
        sys.exit(f"No answer from {url}: {error}")
    if isinstance(found, Problem):
        sys.exit(describe(found))
    sys.stdout.write(f"{found:,.2f} dollars\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

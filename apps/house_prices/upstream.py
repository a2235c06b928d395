"""The listing service behind the API: where to ask, and what its answers mean.

Both apps ask it, each with its own HTTP client; this is what they must agree on.
"""

from __future__ import annotations

import re

from pydantic import ValidationError

from apps.house_prices.house import House
from apps.house_prices.problems import ProblemError

LISTING_ID = r"^[0-9]{1,9}$"

# A listing is about 2 kB. More than this is not a listing, and is not read to its end.
MAX_ANSWER_BYTES = 100_000

CONNECTIONS = 100


def listing_url(base: str | None, listing_id: str) -> str:
    """Return where to fetch a listing.

    Raises:
        ProblemError: 503 when no listing service is set, 404 when there can be no such listing.
    """
    if base is None:
        raise ProblemError(
            503, "LISTINGS_URL is not set on the server, so there is no listing service to ask."
        )
    if not re.fullmatch(LISTING_ID, listing_id, re.ASCII):
        raise no_listing()
    return f"{base}/listings/{listing_id}"


def listed_house(status: int, body: bytes) -> House:
    """Return the house in an answer of the listing service.

    Raises:
        ProblemError: 404 when it knows no such listing, 502 when its answer is anything else.
    """
    if status == 404:
        raise no_listing()
    if status != 200:
        raise bad_upstream(f"it answered with status {status}")
    try:
        return House.model_validate_json(body)
    except ValidationError:
        raise bad_upstream("its answer is not a house") from None


def no_listing() -> ProblemError:
    """Return the answer for an unknown id."""
    return ProblemError(404, "There is no listing with this id.")


def bad_upstream(reason: str) -> ProblemError:
    """Return the answer when the listing service fails."""
    return ProblemError(502, f"The listing service failed: {reason}.")


def slow_upstream(seconds: float) -> ProblemError:
    """Return the answer when the listing service takes too long."""
    return ProblemError(504, f"The listing service did not answer within {seconds:g} seconds.")

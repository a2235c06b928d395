"""Asking the listing service: httpx, async, one pool of connections for the whole app."""

from __future__ import annotations

import time

import httpx

from apps.house_prices.house import House
from apps.house_prices.settings import Settings
from apps.house_prices.upstream import (
    CONNECTIONS,
    MAX_ANSWER_BYTES,
    bad_upstream,
    listed_house,
    listing_url,
    slow_upstream,
)


class ListingService:
    """The listing service, as a client sees it."""

    def __init__(self, settings: Settings) -> None:
        self.base = settings.listings_url
        self.seconds = settings.listings_timeout
        # To make a client takes a tenth of the app's start: none where there is nobody to ask.
        self.client = None if self.base is None else _client(settings)

    async def fetch(self, listing_id: str) -> House:
        """Return a listed house.

        Raises:
            ProblemError: 404, 502, 503 or 504.
        """
        url = listing_url(self.base, listing_id)
        assert self.client is not None  # or there is no such address
        deadline = time.monotonic() + self.seconds
        try:
            # The time-out of httpx is for each read; the deadline is for the whole answer.
            async with self.client.stream("GET", url) as answer:
                body = b""
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        raise bad_upstream("its answer is too large")
                    if time.monotonic() > deadline:
                        raise slow_upstream(self.seconds)
        except httpx.TimeoutException:
            raise slow_upstream(self.seconds) from None
        except httpx.HTTPError as error:
            raise bad_upstream(type(error).__name__) from None
        return listed_house(answer.status_code, body)

    async def close(self) -> None:
        """Close every connection."""
        if self.client is not None:
            await self.client.aclose()


def _client(settings: Settings) -> httpx.AsyncClient:
    # The time-outs of httpx, and no cancelling from outside such as asyncio.timeout: a request that
    # is cancelled while it connects never gives its place in the pool back (httpcore 1.0,
    # https://github.com/encode/httpcore/issues/1093, open in November 2026).
    return httpx.AsyncClient(
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        timeout=settings.listings_timeout,
        trust_env=False,
    )

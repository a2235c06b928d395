"""Asking the listing service: httpx, async, one pool of connections for the whole app."""

from __future__ import annotations

import asyncio

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
        self.client = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            timeout=None,
            trust_env=False,
        )

    async def fetch(self, listing_id: str) -> House:
        """Return a listed house.

        Raises:
            ProblemError: 404, 502, 503 or 504.
        """
        url = listing_url(self.base, listing_id)
        try:
            async with asyncio.timeout(self.seconds):
                async with self.client.stream("GET", url) as answer:
                    body = b""
                    async for chunk in answer.aiter_bytes():
                        body += chunk
                        if len(body) > MAX_ANSWER_BYTES:
                            raise bad_upstream("its answer is too large")
        except TimeoutError:
            raise slow_upstream(self.seconds) from None
        except httpx.HTTPError as error:
            raise bad_upstream(type(error).__name__) from None
        return listed_house(answer.status_code, body)

    async def close(self) -> None:
        """Close every connection."""
        await self.client.aclose()

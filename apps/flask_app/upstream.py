"""Asking the listing service: requests, blocking, one pool of connections for the whole app."""

from __future__ import annotations

import time
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ReadTimeoutError

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
        self.session = requests.Session()
        self.session.mount("http://", HTTPAdapter(pool_maxsize=CONNECTIONS))
        self.session.mount("https://", HTTPAdapter(pool_maxsize=CONNECTIONS))
        self.session.trust_env = False
        # Threads share the session, which is safe as long as no cookies are kept in it.
        self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def fetch(self, listing_id: str) -> House:
        """Return a listed house.

        Raises:
            ProblemError: 404, 502, 503 or 504.
        """
        url = listing_url(self.base, listing_id)
        deadline = time.monotonic() + self.seconds
        try:
            # The time-out of requests is for each read; the deadline is for the whole answer.
            with self.session.get(
                url, timeout=self.seconds, stream=True, allow_redirects=False
            ) as answer:
                body = b""
                for chunk in answer.iter_content(4096):
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        raise bad_upstream("its answer is too large")
                    if time.monotonic() > deadline:
                        raise slow_upstream(self.seconds)
        except requests.Timeout:
            raise slow_upstream(self.seconds) from None
        except requests.RequestException as error:
            # A time-out in the middle of a body arrives as a ConnectionError around the real one.
            if error.args and isinstance(error.args[0], ReadTimeoutError):
                raise slow_upstream(self.seconds) from None
            raise bad_upstream(type(error).__name__) from None
        return listed_house(answer.status_code, body)

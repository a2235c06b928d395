"""A served copy of the API, as the contract suite sees it."""

from __future__ import annotations

from typing import Any

import requests

GOOD_HOUSE = {"GrLivArea": 1710, "OverallQual": 7, "Neighborhood": "CollgCr", "YearBuilt": 2003}


class Api:
    """A served copy of the API, as a client sees it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.session = requests.Session()

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send one request; `options` are those of requests, with a time-out of 30 s."""
        return self.session.request(method, self.url + path, timeout=30, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        """Send a GET."""
        return self.request("GET", path, **options)

    def predict(self, *houses: Any) -> requests.Response:
        """Ask for the prices of these houses."""
        return self.request("POST", "/api/v1/predict", json={"inputs": list(houses)})

    def predict_bytes(
        self, body: bytes, content_type: str | None = "application/json"
    ) -> requests.Response:
        """Send these very bytes to predict."""
        headers = {"Content-Type": content_type} if content_type else {}
        return self.request("POST", "/api/v1/predict", data=body, headers=headers)

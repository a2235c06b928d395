"""What load is to be put on a server: plain data, to and from JSON, bounded in count and time."""

from __future__ import annotations

import json
import math
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

LONGEST = 3600.0  # seconds of one run
MOST_REQUESTS = 2_000_000  # of one run: each one's times are kept until its end
MOST_CONNECTIONS = 4096
MOST_SLOW_BYTES = 2000.0  # a second, of all slow clients together: the generator has other work


class _Data(BaseModel):
    """What all parts of a plan share."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64"
    )


class Request(_Data):
    """One request, as it is sent again and again."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] = "GET"
    path: str = "/"
    headers: dict[str, str] = Field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def post(cls, path: str, value: object, **headers: str) -> Self:
        """Return a POST with this value as its JSON body."""
        body = json.dumps(value).encode()
        fields = {"Content-Type": "application/json", **headers}
        return cls(method="POST", path=path, headers=fields, body=body)

    @field_validator("path")
    @classmethod
    def _path_is_sendable(cls, path: str) -> str:
        if not path.startswith("/") or any(not "!" <= letter <= "~" for letter in path):
            raise ValueError("a path starts with / and has only printable ASCII, no blanks")
        return path

    @field_validator("headers")
    @classmethod
    def _headers_are_sendable(cls, headers: dict[str, str]) -> dict[str, str]:
        for name, value in headers.items():
            if not name or any(letter in ":\r\n \t" for letter in name):
                raise ValueError(f"'{name}' is not the name of a header")
            if "\r" in value or "\n" in value or not value.isascii():
                raise ValueError(f"the header {name} must be one line of ASCII")
            if name.lower() in {"content-length", "transfer-encoding", "connection"}:
                raise ValueError(f"the generator writes {name} itself: leave it out")
        return headers

    def encoded(self, host: str, *, keep_alive: bool) -> bytes:
        """Return the bytes that go over the connection."""
        fields = {"Host": host, **self.headers}
        if self.body or self.method in {"POST", "PUT", "PATCH"}:
            fields["Content-Length"] = str(len(self.body))
        if not keep_alive:
            fields["Connection"] = "close"
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode("ascii") + self.body


class Open(_Data):
    """An open loop: requests start when the schedule says so, whatever the server does.

    So arrive the users of a web site: they do not know of each other, and a server that stalls
    does not keep new ones away.
    """

    kind: Literal["open"] = "open"
    rate: float = Field(gt=0, le=100_000, description="requests a second")
    arrivals: Literal["uniform", "poisson"] = "uniform"
    seed: int = Field(default=0, ge=0, description="of the Poisson arrivals")

    def schedule(self, seconds: float) -> NDArray[np.float64]:
        """Return when each request is to start, in seconds: the same for the same seed."""
        if self.arrivals == "uniform":
            return np.arange(math.ceil(seconds * self.rate)) / self.rate
        gaps = np.random.default_rng(self.seed).exponential(1 / self.rate, self.most(seconds))
        moments = np.cumsum(gaps)
        return moments[moments < seconds]

    def most(self, seconds: float) -> int:
        """Return how many requests the schedule has at most (Poisson: six deviations above)."""
        expected = seconds * self.rate
        extra = 6 * math.sqrt(expected) + 10 if self.arrivals == "poisson" else 0
        return math.ceil(expected + extra)


class Closed(_Data):
    """A closed loop: each connection asks again as soon as it was answered.

    It finds out how much a server can answer. Its latencies leave out what a stall would have
    done to the requests that the loop did not send meanwhile.
    """

    kind: Literal["closed"] = "closed"


class SlowClients(_Data):
    """Clients beside the load that send their request byte by byte, with a pause after each."""

    count: int = Field(ge=1, le=1000)
    seconds_per_byte: float = Field(ge=0.001, le=60)

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        if self.count / self.seconds_per_byte > MOST_SLOW_BYTES:
            raise ValueError(
                f"{self.count} slow clients would send more than {MOST_SLOW_BYTES:,.0f} bytes a "
                "second together: take fewer, or let them be slower"
            )
        return self


class Plan(_Data):
    """A whole run. A request belongs to the measurement when its start lies after the warm-up.

    `requests` are sent in turn. A run ends at the latest after `most_seconds`: the warm-up, the
    seconds of the measurement, and one timeout in which the last answers may still come.
    """

    url: str = Field(description="http://host:port of the server")
    requests: tuple[Request, ...] = Field(default=(Request(),), min_length=1, max_length=10_000)
    shape: Annotated[Open | Closed, Field(discriminator="kind")] = Closed()
    slow_clients: SlowClients | None = None
    seconds: float = Field(default=5, ge=0.05, le=LONGEST)
    warm_up: float = Field(default=0, ge=0, le=LONGEST)
    connections: int = Field(default=8, ge=1, le=MOST_CONNECTIONS)
    keep_alive: bool = True
    timeout: float = Field(default=10, ge=0.05, le=300, description="seconds for one answer")
    most_requests: int = Field(default=500_000, ge=1, le=MOST_REQUESTS)
    expect: int = Field(default=200, ge=200, le=599, description="the status that counts as good")

    @field_validator("url")
    @classmethod
    def _url_names_a_server(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or parts.port is None:
            raise ValueError(f"'{url}' is not a server: write it like http://127.0.0.1:8000")
        if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
            raise ValueError(f"'{url}' has more than host and port: paths belong to the requests")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        if isinstance(self.shape, Open):
            most = self.shape.most(self.warm_up + self.seconds)
            if most > self.most_requests:
                raise ValueError(
                    f"the schedule has up to {most:,} requests and most_requests is "
                    f"{self.most_requests:,}: lower the rate or the seconds, or raise the limit"
                )
        return self

    @property
    def most_seconds(self) -> float:
        """How long a run takes at most."""
        return self.warm_up + self.seconds + self.timeout

"""The upstream of the API: a small listing service over the real Ames sales.

It answers `GET /listings/{id}` with one house as JSON, as slowly and as badly as it is told, so
that lessons, tests and measurements can see what an I/O-bound endpoint does with it.
"""

from lab.listings.behaviour import FAULTS, MOST_LATENCY_MS, Behaviour
from lab.listings.service import make_app

__all__ = ["FAULTS", "MOST_LATENCY_MS", "Behaviour", "make_app"]

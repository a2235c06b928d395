"""Run the listing service: `python -m lab.listings --port 8002 --latency 50`."""

from __future__ import annotations

import argparse
import sys

from aiohttp import web
from pydantic import ValidationError

from lab.listings.behaviour import FAULTS, MOST_LATENCY_MS, Behaviour
from lab.listings.houses import listed_houses
from lab.listings.service import make_app


def main() -> None:
    """Serve until stopped."""
    faults = "; ".join(f"{name}: {meaning}" for name, meaning in FAULTS.items())
    parser = argparse.ArgumentParser(prog="python -m lab.listings", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8002, help="port to listen on (8002)")
    parser.add_argument(
        "--latency",
        type=float,
        default=0,
        help=f"ms before each answer, 0 to {MOST_LATENCY_MS} (0)",
    )
    parser.add_argument("--fault", choices=list(FAULTS), default="none", help=faults)
    options = parser.parse_args()
    try:
        behaviour = Behaviour(latency_ms=options.latency, fault=options.fault)
    except ValidationError:
        sys.exit(f"--latency takes 0 to {MOST_LATENCY_MS} milliseconds, not {options.latency:g}.")
    app = make_app(listed_houses(), behaviour)
    web.run_app(app, host=options.host, port=options.port, print=None, shutdown_timeout=1)


if __name__ == "__main__":
    main()

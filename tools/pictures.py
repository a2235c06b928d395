"""Make the README's picture, docs/images/served_twice.png: `python -m tools.pictures`.

It runs both real servers and asks each for the price of the same house, as lesson 00 does. Close
other programs first: the picture should show the servers, not what else the computer was doing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import requests
from matplotlib.figure import Figure

from apps.house_prices.contract import PREDICT
from lab import servers
from lab.lessons import Answers, describe, draw, time_in_turns

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "served_twice.png"
EACH = 200
PIXELS = 1600
# The house of lesson 00: number 6 of the Ames sales.
HOUSE = {
    "GrLivArea": 1604,
    "OverallQual": 6,
    "Neighborhood": "Gilbert",
    "YearBuilt": 1998,
    "LotArea": 9978,
    "TotalBsmtSF": 926,
    "FullBath": 2,
    "BedroomAbvGr": 3,
    "KitchenQual": "Gd",
    "Fireplaces": 1,
    "GarageCars": 2,
    "CentralAir": "Y",
}


def make(each: int = EACH) -> tuple[Figure, str]:
    """Ask both servers; return the picture and the text for those who do not see it."""
    body = {"inputs": [HOUSE]}
    with servers.running("flask") as flask, servers.running("fastapi") as fastapi:
        urls = {server.stack.title: server.url + PREDICT for server in (flask, fastapi)}
        milliseconds = time_in_turns(urls, body, each=each)
        prices = {
            name: float(requests.post(url, json=body, timeout=10).json()["predictions"][0])
            for name, url in urls.items()
        }
    answers = [Answers(name, prices[name], milliseconds[name]) for name in urls]
    how = f"{each} requests to each, one at a time, in random order, on one computer"
    return draw(answers, f"{how}: not yet a verdict."), describe(answers)


def main(target: Path = PICTURE) -> None:
    """Write the picture, and print where it is and the text to go with it."""
    figure, description = make()
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=PIXELS / figure.get_figwidth())
    sys.stdout.write(f"{target}\n{description}\n")


if __name__ == "__main__":
    main()

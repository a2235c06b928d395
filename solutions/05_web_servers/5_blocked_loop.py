# Exercise 05.5: Mend the app that stands still
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


def fetch_price():
    url = os.environ["LISTINGS_URL"] + "/price"
    with urllib.request.urlopen(url, timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
def price():
    return {"price": fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}

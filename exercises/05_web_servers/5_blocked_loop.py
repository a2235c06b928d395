# Exercise 05.5: Mend the app that stands still
#
# **Goal.** While requests for `/price` wait for the listing service, `/health` is answered at once,
# and several prices are fetched at the same time.
#
# The app below is right but for one thing: as soon as one request waits for the listing service,
# the whole server waits with it. The service may be slow, and you cannot change that. You may
# change anything else in the app. It will be served by one uvicorn process.
#
# Check it: .venv/bin/lab check 05.5 in a terminal, or check("05.5") in a notebook.

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
async def price():
    return {"price": fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}

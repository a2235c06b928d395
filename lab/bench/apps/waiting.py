"""FastAPI that waits 50 ms in each request: WAY is blocking, awaiting or threads.

`blocking` is the mistake: time.sleep stands for any call that does not give the event loop back,
such as a database driver that is not asynchronous.
"""

from __future__ import annotations

import asyncio
import os
import time

from fastapi import FastAPI

SECONDS = 0.05
PATH = "/wait"

app = FastAPI(openapi_url=None)


@app.get("/api/v1/ready")
async def ready() -> dict[str, bool]:
    """Say that it runs."""
    return {"ready": True}


async def blocking() -> dict[str, float]:
    """Wait, and let everybody wait."""
    time.sleep(SECONDS)
    return {"waited": SECONDS}


async def awaiting() -> dict[str, float]:
    """Wait, and let the event loop work meanwhile."""
    await asyncio.sleep(SECONDS)
    return {"waited": SECONDS}


def threads() -> dict[str, float]:
    """Wait in a thread of FastAPI's pool."""
    time.sleep(SECONDS)
    return {"waited": SECONDS}


WAYS = {function.__name__: function for function in (blocking, awaiting, threads)}
app.get(PATH)(WAYS[os.environ["WAY"]])

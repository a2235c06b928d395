"""The listing service itself, on aiohttp: it must be able to hang and to hang up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from lab.listings.behaviour import Behaviour

BEHAVIOUR = web.AppKey("behaviour", list[Behaviour])  # one place, whose content can be replaced
CHANGED = web.AppKey("changed", asyncio.Condition)
HOUSES = web.AppKey("houses", Mapping[str, Mapping[str, Any]])

SLOW_PAUSE_SECONDS = 1


def make_app(houses: Mapping[str, Mapping[str, Any]], behaviour: Behaviour) -> web.Application:
    """Return the service over these houses, behaving like this until it is told otherwise."""
    app = web.Application()
    app[HOUSES] = houses
    app[BEHAVIOUR] = [behaviour]
    app[CHANGED] = asyncio.Condition()
    app.router.add_get("/health", health)
    app.router.add_get("/behaviour", tell_behaviour)
    app.router.add_put("/behaviour", take_behaviour)
    app.router.add_get("/listings/{listing_id}", listing)
    return app


async def health(_: web.Request) -> web.Response:
    """Say that it runs."""
    return web.json_response({"name": "listing service"})


async def tell_behaviour(request: web.Request) -> web.Response:
    """Say how it behaves."""
    return web.json_response(text=request.app[BEHAVIOUR][0].model_dump_json())


async def take_behaviour(request: web.Request) -> web.Response:
    """Behave as the body says from now on, or answer 422 with the reason."""
    try:
        behaviour = Behaviour.model_validate_json(await request.read())
    except ValidationError as error:
        return web.Response(status=422, text=str(error))
    async with request.app[CHANGED]:
        request.app[BEHAVIOUR][0] = behaviour
        request.app[CHANGED].notify_all()
    return await tell_behaviour(request)


async def listing(request: web.Request) -> web.StreamResponse:
    """Answer with a house, after the latency and with the fault that it was told."""
    behaviour = request.app[BEHAVIOUR][0]
    await asyncio.sleep(behaviour.latency_ms / 1000)
    house = request.app[HOUSES].get(request.match_info["listing_id"])
    match behaviour.fault:
        case "hang":
            async with request.app[CHANGED]:
                await request.app[CHANGED].wait()
        case "gone":
            assert request.transport is not None
            request.transport.abort()
        case "error":
            return web.Response(status=500, text="told to fail")
        case "garbage":
            return web.Response(text="<html>this is not a house</html>")
        case "slow":
            return await answer_slowly(request)
    if house is None:
        return web.json_response({"error": "no such listing"}, status=404)
    return web.json_response(house)


async def answer_slowly(request: web.Request) -> web.StreamResponse:
    """Send an answer that never seems to end: headers at once, then a blank every second."""
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    await answer.prepare(request)
    for _ in range(60):
        await answer.write(b" ")
        await asyncio.sleep(SLOW_PAUSE_SECONDS)
    return answer

"""What the platform answers to `lab.heroku.control`: JSON over HTTP, for whoever has the token."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from lab.heroku.changes import Changes, Tell
from lab.heroku.control import HOST, TOKEN
from lab.heroku.home import RehearsalError, Running
from lab.heroku.releases import Release
from lab.heroku.run import Status

Fields = dict[str, Any]
FAILED = "The platform of the rehearsal could not do that:"  # a full disk, for example


class Commanded:
    """The platform's own server."""

    def __init__(self, changes: Changes, stop: asyncio.Event) -> None:
        self.running: Running | None = None
        self._changes = changes
        self._stop = stop
        app = web.Application(middlewares=[self._guarded])
        app.add_routes(
            [
                web.get("/status", self._status),
                web.post("/log", self._log),
                web.post("/scale", self._scale),
                web.post("/restart", self._restart),
                web.post("/release", self._release),
                web.post("/config", self._configure),
                web.post("/rollback", self._rollback),
                web.post("/stop", self._end),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> int:
        """Listen, and return the port."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0, shutdown_timeout=1)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

    @web.middleware
    async def _guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        token = self.running.token if self.running else ""
        given = request.headers.get(TOKEN, "")
        if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return _line({"error": "This is for the commands of the rehearsal alone."}, status=403)
        try:
            return await handler(request)
        except RehearsalError as error:
            return _line({"error": str(error)}, status=422)
        except OSError as error:
            return _line({"error": f"{FAILED} {error}"}, status=500)

    async def _status(self, request: web.Request) -> web.StreamResponse:
        del request
        current = self._changes.releases.current
        return _line(
            {
                "url": self.running.url if self.running else "",
                "release": current.number if current else None,
                "dynos": [_fields(one) for one in self._changes.formation.status()],
            }
        )

    async def _log(self, request: web.Request) -> web.StreamResponse:
        self._changes.log.app("api", str((await request.json())["text"]))
        return _line({})

    async def _scale(self, request: web.Request) -> web.StreamResponse:
        await self._changes.scale(dict((await request.json())["counts"]))
        return _line({})

    async def _restart(self, request: web.Request) -> web.StreamResponse:
        await self._changes.restart((await request.json())["dyno"])
        return _line({})

    async def _release(self, request: web.Request) -> web.StreamResponse:
        fields: Fields = await request.json()

        async def deploy(tell: Tell) -> Release:
            return await self._changes.deploy(
                tell,
                commit=fields["commit"],
                slug=Path(fields["slug"]),
                environment=Path(fields["environment"]),
                process_types=fields["process_types"],
            )

        return await self._told(request, deploy)

    async def _configure(self, request: web.Request) -> web.StreamResponse:
        fields: Fields = await request.json()
        return await self._told(
            request, lambda tell: self._changes.configure(tell, fields["set"], fields["unset"])
        )

    async def _rollback(self, request: web.Request) -> web.StreamResponse:
        fields: Fields = await request.json()
        return await self._told(
            request, lambda tell: self._changes.rollback(tell, fields["number"])
        )

    async def _end(self, request: web.Request) -> web.StreamResponse:
        del request
        self._stop.set()
        return _line({})

    async def _told(
        self, request: web.Request, change: Callable[[Tell], Awaitable[Release]]
    ) -> web.StreamResponse:
        """Answer with each line as it comes, and with the release at the end."""
        response = web.StreamResponse()
        await response.prepare(request)

        async def send(fields: Fields) -> None:
            # Whoever asked may be gone; what was begun goes on.
            with contextlib.suppress(ConnectionError):
                await response.write(json.dumps(fields).encode() + b"\n")

        async def tell(line: str) -> None:
            await send({"line": line})

        try:
            made = await change(tell)
            await send({"number": made.number, "failed": made.failed})
        except RehearsalError as error:
            await send({"error": str(error)})
        except OSError as error:
            await send({"error": f"{FAILED} {error}"})
        with contextlib.suppress(ConnectionError):
            await response.write_eof()
        return response


def _fields(one: Status) -> Fields:
    return {**asdict(one), "since": one.since.isoformat(timespec="seconds")}


def _line(fields: Fields, status: int = 200) -> web.Response:
    return web.Response(text=json.dumps(fields) + "\n", status=status)

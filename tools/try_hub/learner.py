"""One learner of a trial: a server on the Hub, and lessons in kernels on it."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from lab.exercises.source import Exercise
from tools.try_hub.hub import Hub, Json, TrialError

CELL_SECONDS: Final = 300.0
RUNNING: Final = re.compile(r"http://127\.0\.0\.1:(\d+), process \d+, running>")

AfterCell = Callable[["Learner", str, str], Awaitable[None]]
"""Called with the learner, a cell's name and what the cell has printed."""


@dataclass
class Learner:
    """What the trial knows of a learner."""

    hub: Hub
    name: str
    token: str = field(default="", repr=False)
    solves: tuple[Exercise, ...] = ()
    ports: set[str] = field(default_factory=set)

    async def ask(self, method: str, path: str, body: object = None) -> Json:
        """Ask the learner's own server, as the learner, through the Hub's proxy."""
        path = f"/user/{self.name}{path}"
        return await self.hub.ask(method, path, token=self.token, body=body)

    async def run(self, lesson: str, after_cell: AfterCell) -> float:
        """Run a lesson from top to bottom; return how many seconds it took.

        Raises:
            TrialError: when a cell fails.
        """
        path = f"notebooks/{lesson}.ipynb"
        cells = (await self.ask("GET", f"/api/contents/{path}"))["content"]["cells"]
        kernel = {"name": "python3"}
        session = await self.ask(
            "POST",
            "/api/sessions",
            body={"path": path, "name": lesson, "type": "notebook", "kernel": kernel},
        )
        began = time.monotonic()
        try:
            await self._run_cells(lesson, cells, session["kernel"]["id"], after_cell)
            return time.monotonic() - began
        finally:
            await self.ask("DELETE", f"/api/sessions/{session['id']}")

    async def _run_cells(
        self, lesson: str, cells: list[dict[str, Any]], kernel: str, after_cell: AfterCell
    ) -> None:
        url = f"{self.hub.url}/user/{self.name}/api/kernels/{kernel}/channels"
        headers = {"Authorization": f"token {self.token}"}
        connected = self.hub.session.ws_connect(url, headers=headers, max_msg_size=0)
        async with connected as socket:
            printed: list[str] = []
            for cell in cells:
                if cell["cell_type"] != "code":
                    continue
                try:
                    async with asyncio.timeout(CELL_SECONDS):
                        printed.append(await _execute(socket, self._source(cell)))
                except (CellError, TimeoutError) as error:
                    what = f"{self.name}, lesson {lesson}, cell {cell['id']}"
                    before = f"Printed before:\n{''.join(printed)[-4000:]}"
                    raise TrialError(f"{what}: {error or 'no end'}\n{before}") from error
                self.ports.update(RUNNING.findall(printed[-1]))
                await after_cell(self, cell["id"], printed[-1])

    def _source(self, cell: dict[str, Any]) -> str:
        """Return what the learner runs in a cell: the stub of an exercise, or a solution."""
        source = str(cell["source"])
        for exercise in self.solves:
            if source.startswith(f"%%exercise {exercise.number}\n"):
                return f"%%exercise {exercise.number}\n{exercise.solution}"
        return source


class CellError(RuntimeError):
    """A cell has raised an exception."""


async def _execute(socket: aiohttp.ClientWebSocketResponse, source: str) -> str:
    """Run a cell in the kernel behind a socket; return the text of its output."""
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "version": "5.3"}
    await socket.send_json(
        {
            "header": {**header, "username": "", "session": "trial", "date": ""},
            "parent_header": {},
            "metadata": {},
            "content": {"code": source, "silent": False, "allow_stdin": False},
            "channel": "shell",
            "buffers": [],
        }
    )
    printed: list[str] = []
    async for message in socket:
        if message.type is not aiohttp.WSMsgType.TEXT:
            continue  # a widget's picture
        told = message.json()
        if told["parent_header"].get("msg_id") != number:
            continue
        content, kind = told["content"], told["msg_type"]
        if kind == "stream":
            printed.append(content["text"])
        elif kind in {"execute_result", "display_data"}:
            printed += [str(text) for text in content["data"].values()]
        elif kind == "error":
            raise CellError("\n".join(content["traceback"])[-2000:])
        elif kind == "status" and content["execution_state"] == "idle":
            return "".join(printed)
    raise CellError("the kernel is gone")

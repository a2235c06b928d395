"""The wrappers change nothing that an app or a server could notice."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.bench.trace import hooks
from lab.bench.trace.asgi import TracedAsgi
from lab.bench.trace.recorder import Recorder
from lab.bench.trace.wsgi import TracedWsgi


@pytest.fixture(autouse=True)
def hooked() -> Iterator[None]:
    """Hook for the length of a test; what was there before comes back."""
    with pytest.MonkeyPatch.context() as patch:
        import http.client

        import httpx

        for owner, name in (
            (time, "sleep"),
            (asyncio, "sleep"),
            (http.client.HTTPConnection, "getresponse"),
            (httpx.HTTPTransport, "handle_request"),
            (httpx.AsyncHTTPTransport, "handle_async_request"),
        ):
            patch.setattr(owner, name, getattr(owner, name))
        hooks.install()
        yield


def records(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in folder.glob("*.jsonl")
        for line in file.read_text().splitlines()
    ]


class Body:
    """A body that takes a while, and wants to be closed."""

    closed = False

    def __iter__(self) -> Iterator[bytes]:
        time.sleep(0.002)
        yield b"all"

    def close(self) -> None:
        self.closed = True


def test_wsgi_records_until_the_body_is_closed(tmp_path: Path) -> None:
    body = Body()
    app = TracedWsgi(lambda *_: body, Recorder(tmp_path))
    answer = app({"HTTP_X_REQUEST_ID": "one"}, lambda *_: print)
    assert list(answer) == [b"all"]
    assert records(tmp_path) == []
    answer.close()  # type: ignore[attr-defined]
    assert body.closed
    (record,) = records(tmp_path)
    assert (record["id"], record["task"]) == ("one", None)
    ((what, start, end, blocking),) = record["waits"]
    assert (what, blocking) == ("sleeps", False)
    assert record["start"] <= start < end <= record["end"]


def test_wsgi_records_a_request_that_fails(tmp_path: Path) -> None:
    def app(*_: object) -> list[bytes]:
        raise KeyError("mistake")

    with pytest.raises(KeyError, match="mistake"):
        TracedWsgi(app, Recorder(tmp_path))({"HTTP_X_REQUEST_ID": "one"}, None)  # type: ignore[arg-type]
    assert len(records(tmp_path)) == 1


def test_a_request_without_an_id_passes(tmp_path: Path) -> None:
    answer = TracedWsgi(lambda *_: [b"x"], Recorder(tmp_path))({}, None)  # type: ignore[arg-type]
    assert answer == [b"x"]
    assert records(tmp_path) == []


def call_asgi(app: Callable[..., Any], folder: Path) -> Any:  # noqa: ANN401 - whatever it returns
    scope = {"type": "http", "headers": [(b"x-request-id", b"one ")]}
    return TracedAsgi(app, Recorder(folder))(scope, None, None)  # type: ignore[arg-type]


def test_asgi_tells_a_wait_from_one_that_blocks(tmp_path: Path) -> None:
    async def app(*_: object) -> None:
        await asyncio.sleep(0.002)
        time.sleep(0.002)
        await asyncio.sleep(0)  # a turn for others is no wait

    asyncio.run(call_asgi(app, tmp_path))
    (record,) = records(tmp_path)
    assert record["id"] == "one"
    assert [(what, blocking) for what, _, _, blocking in record["waits"]] == [
        ("sleeps", False),
        ("sleeps", True),
    ]
    assert len(record["runs"]) == 3
    # The blocking wait lies within a step, the other one between two.
    (_, awaited, _, _), (_, began, ended, _) = record["waits"]
    first, second, _ = record["runs"]
    assert first[0] <= awaited <= first[1] <= second[0] <= began < ended <= second[1]


def test_asgi_hands_on_values_exceptions_and_cancellations(tmp_path: Path) -> None:
    seen: list[str] = []

    async def app(*_: object) -> None:
        loop = asyncio.get_running_loop()
        seen.append(await loop.run_in_executor(None, lambda: "a value"))
        try:
            await loop.run_in_executor(None, dict[str, str]().__getitem__, "mistake")
        except KeyError as error:
            seen.append(str(error))
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def cancel() -> None:
        task = asyncio.ensure_future(call_asgi(app, tmp_path))
        while len(seen) < 2:
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert seen == ["a value", "'mistake'", "cancelled"]
    assert len(records(tmp_path)) == 1

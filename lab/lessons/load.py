"""Put servers of this computer under load, and show how many answers came and how late.

A closed loop: each client asks again as soon as it has its answer. Chapter 06 says what that hides.
"""

from __future__ import annotations

import asyncio
import json
import textwrap
import threading
import time
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lab.lessons.sending import require_local

MOST_CLIENTS, MOST_SECONDS, MOST_REQUESTS = 64, 10.0, 20_000
TIMEOUT = 5.0  # seconds for one answer
INK, QUIET, LINE = "#1c2733", "#5a6673", "#c9d0d6"
FILL, EDGE = "#cfe8ea", "#0a6a74"
# Told apart by shape.
MARKS = ((50, "o", "half within"), (95, "s", "95 % within"), (99, "D", "99 % within"))


@dataclass
class Load:
    """What several clients saw of one server: the time of each good answer, in milliseconds."""

    clients: int
    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def rate(self) -> float:
        """Return the good answers per second."""
        return len(self.milliseconds) / self.seconds

    def within(self, per_cent: float) -> float:
        """Return the milliseconds within which this part of the good answers came."""
        return float(np.percentile(self.milliseconds, per_cent)) if self.milliseconds else 0.0

    @property
    def mean(self) -> float:
        """Return the mean of the times, in milliseconds."""
        return float(np.mean(self.milliseconds)) if self.milliseconds else 0.0


def load_in_turns(
    urls: Mapping[str, str],
    body: Mapping[str, Any],
    *,
    clients: int = 8,
    seconds: float = 0.5,
    rounds: int = 2,
) -> dict[str, Load]:
    """Let that many clients post to each URL for so many seconds, in turns, and return the loads.

    Raises ValueError when a URL is not on this computer, or the load would be more than a lesson
    needs: 64 clients, ten seconds in all.
    """
    for url in urls.values():
        require_local(url)
    if clients > MOST_CLIENTS or seconds * rounds * len(urls) > MOST_SECONDS:
        raise ValueError(f"at most {MOST_CLIENTS} clients and {MOST_SECONDS:g} seconds in all")
    loads = {name: Load(clients) for name in urls}
    for _ in range(rounds):
        for name, url in urls.items():
            _run(_load(url, json.dumps(body).encode(), seconds, loads[name]))
    return loads


def load_table(loads: Mapping[str, Load]) -> str:
    """Return the loads as lines of text."""
    head = ["server", "requests/s", *(name for _, _, name in MARKS), "slowest", "failed"]
    rows = [head]
    for name, load in loads.items():
        times = [f"{load.within(per_cent):.1f} ms" for per_cent in (50, 95, 99, 100)]
        rows.append([name, f"{load.rate:.0f}", *times, str(load.failed)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def describe_load(loads: Mapping[str, Load]) -> str:
    """Return what the picture shows, for those who do not see it."""
    clients = next(iter(loads.values())).clients
    said = [
        f"{name} gave {load.rate:.0f} good answers a second; half came within "
        f"{load.within(50):.1f} milliseconds, 95 % within {load.within(95):.1f}, "
        f"99 % within {load.within(99):.1f}; the slowest took {load.within(100):.1f}."
        for name, load in loads.items()
    ]
    return " ".join([f"{clients} clients ask each server as fast as they can.", *said])


def draw_load(loads: Mapping[str, Load]) -> Figure:
    """Draw a row for each server: a bar for its rate, and a mark for each answer's time."""
    height = 1.5 + 0.9 * len(loads)
    figure = Figure(figsize=(9, height), dpi=100, facecolor="white")
    clients = next(iter(loads.values())).clients
    title = f"{clients} clients, each asks again as soon as it is answered"
    figure.text(0.02, 1 - 0.32 / height, title, size=15, weight="bold", color=INK)
    grid = figure.add_gridspec(
        1, 2, width_ratios=(1, 2.2), wspace=0.08, left=0.18, right=0.98,
        top=1 - 0.85 / height, bottom=0.85 / height,
    )  # fmt: skip
    rates, times = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    for axes in (rates, times):
        axes.set_ylim(len(loads), 0)
        axes.set_yticks([])
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(colors=QUIET, labelsize=9)
    _draw_rates(rates, loads)
    _draw_times(times, list(loads.values()))
    figure.legend(
        *times.get_legend_handles_labels(), loc="lower right", ncols=4, frameon=False,
        fontsize=9, bbox_to_anchor=(0.985, 0.0), handletextpad=0.2, columnspacing=1.2,
    )  # fmt: skip
    return figure


def _draw_rates(axes: Axes, loads: Mapping[str, Load]) -> None:
    axes.set_title("Good answers per second", loc="left", size=11, color=INK)
    axes.set_xlim(0, max(load.rate for load in loads.values()) * 1.05)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for row, (name, load) in enumerate(loads.items()):
        axes.barh(row + 0.5, load.rate, 0.55, color=FILL, edgecolor=EDGE)
        axes.text(
            0.0, row + 0.5, f"  {load.rate:.0f}", va="center", size=12, weight="bold", color=INK
        )
        axes.text(
            -0.03, row + 0.5, textwrap.fill(name, 19), transform=axes.get_yaxis_transform(),
            ha="right", va="center", size=9.5, color=INK,
        )  # fmt: skip


def _draw_times(axes: Axes, loads: Sequence[Load]) -> None:
    axes.set_title("How long each answer took", loc="left", size=11, color=INK)
    axes.set_xlim(0, max(load.within(100) for load in loads) * 1.03)
    axes.set_xlabel("milliseconds", size=9, color=QUIET, loc="left")
    for row, load in enumerate(loads):
        middle = row + 0.5
        axes.vlines(
            load.milliseconds, middle - 0.28, middle + 0.28, color=EDGE, alpha=0.25, linewidth=0.6
        )
        for per_cent, marker, name in MARKS:
            axes.plot(
                [load.within(per_cent)], [middle], marker=marker, markersize=8, linestyle="none",
                markerfacecolor="white", markeredgecolor=INK, markeredgewidth=1.6,
                label=name if row == 0 else None,
            )  # fmt: skip
        axes.axhline(row + 1, color=LINE, linewidth=0.8, zorder=0)


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run this to its end, also from within a notebook, which has an event loop of its own."""
    thread = threading.Thread(target=asyncio.run, args=(work,))
    thread.start()
    thread.join()


async def _load(url: str, content: bytes, seconds: float, load: Load) -> None:
    parts = urlsplit(url)
    request = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    ).encode() + content
    began = time.perf_counter()
    end = began + seconds
    clients = (_client(parts.port or 80, request, end, load) for _ in range(load.clients))
    await asyncio.gather(*clients)
    load.seconds += time.perf_counter() - began


async def _client(port: int, request: bytes, end: float, load: Load) -> None:
    """Ask until the end, over one connection for as long as the server keeps it open."""
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    while time.perf_counter() < end and len(load.milliseconds) + load.failed < MOST_REQUESTS:
        asked = time.perf_counter()
        try:
            async with asyncio.timeout(TIMEOUT):
                connection = connection or await asyncio.open_connection("127.0.0.1", port)
                connection[1].write(request)
                good, stays = await _read_answer(connection[0])
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            good, stays = False, False  # TimeoutError is an OSError
        if good:
            load.milliseconds.append((time.perf_counter() - asked) * 1000)
        else:
            load.failed += 1
            await asyncio.sleep(0.01)  # a server that refuses at once must not make us spin
        if not stays and connection is not None:
            connection[1].close()
            connection = None
    if connection is not None:
        connection[1].close()


async def _read_answer(reader: asyncio.StreamReader) -> tuple[bool, bool]:
    """Read one answer; tell whether it is good, and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    await reader.readexactly(int(headers.get("content-length", "0")))
    stays = status.startswith("http/1.1") and headers.get("connection") != "close"
    return " 200 " in status, stays

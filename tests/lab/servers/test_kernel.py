"""A server started in a notebook, whose kernel is interrupted and restarted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import start_new_kernel

from lab import servers

CELL = """
import os, time
from pathlib import Path
from lab import servers
stack = servers.Stack(
    "small", "A small server", {command!r}, ready="/", directory=Path({directory!r})
)
server = servers.start(stack)
"""


def test_a_kernel_keeps_its_server_when_interrupted_and_loses_it_when_restarted(
    plain: servers.Stack,
    wait_for_end: Callable[[Iterable[psutil.Process]], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    manager, client = start_new_kernel(kernel_name="python3")

    def run(code: str) -> int:
        reply = client.execute_interactive(
            code, user_expressions={"kernel": "os.getpid()"}, timeout=60
        )
        assert reply["content"]["status"] == "ok", reply
        return int(reply["content"]["user_expressions"]["kernel"]["data"]["text/plain"])

    try:
        kernel = psutil.Process(
            run(CELL.format(command=plain.command, directory=str(plain.directory)))
        )
        family = kernel.children(recursive=True)
        assert len(family) == 2

        client.execute("print('asleep', flush=True); time.sleep(600)", stop_on_error=False)
        while client.get_iopub_msg(timeout=60)["content"].get("text") != "asleep\n":
            pass
        manager.interrupt_kernel()
        run("assert server.is_alive()")

        manager.restart_kernel(now=True)
        wait_for_end(family)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        client.context.destroy()

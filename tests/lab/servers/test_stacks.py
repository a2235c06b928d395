"""The declared stacks are the ones that are deployed and documented."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from lab import servers
from lab.servers.stacks import ROOT


def test_the_fastapi_stack_is_what_the_procfile_starts() -> None:
    line = (ROOT / "Procfile").read_text().strip()
    deployed = shlex.split(line.removeprefix("web:"))
    local = shlex.split(servers.STACKS["fastapi"].command)

    def without_place(words: list[str]) -> list[str]:
        return re.sub(r"--(host|port) \S+ ?", "", " ".join(words)).split()

    assert line.startswith("web: uvicorn ")
    assert without_place(local) == without_place(deployed)
    assert "--host {host} --port {port}" in " ".join(local)


def test_each_stack_is_found_by_its_name_and_says_where_it_listens() -> None:
    for name, stack in servers.STACKS.items():
        arguments = stack.arguments(host="127.0.0.1", port=4321, workers=1)
        assert stack.name == name
        assert "4321" in " ".join(arguments)
        assert "{" not in " ".join(arguments)


def test_a_word_with_spaces_and_braces_stays_one_word() -> None:
    stack = servers.Stack("own", "Own", "python -c 'print({1, {port}})' '{host} x'")
    assert stack.arguments(host="h", port=5, workers=1) == [
        sys.executable,
        "-c",
        "print({1, 5})",
        "h x",
    ]


def test_a_stack_cannot_be_changed_by_mistake() -> None:
    with pytest.raises(AttributeError):
        servers.STACKS["flask"].workers = 4  # type: ignore[misc]
    assert len({*servers.STACKS.values()}) == len(servers.STACKS)

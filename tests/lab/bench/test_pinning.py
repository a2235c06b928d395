"""Which cores are chosen: not two that are the same hardware, where there is a choice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lab.bench import pinning
from lab.bench.pinning import Cores, choose_cores, twins


@pytest.mark.parametrize(
    ("allowed", "listed", "chosen"),
    [
        ({0, 1, 2, 3}, "0-1", Cores(0, 2, (2, 3))),
        ({0, 1, 2, 3}, "0,2", Cores(0, 1, (1, 3))),
        ({0, 1}, "0-1", Cores(0, 1, (1,))),  # no choice
        ({0, 1}, None, Cores(0, 1, (1,))),  # the system does not say
        ({0}, "0", Cores(None, None)),
    ],
)
def test_server_and_load_are_kept_on_different_hardware(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    allowed: set[int],
    listed: str | None,
    chosen: Cores,
) -> None:
    if listed is not None:
        folder = tmp_path / "cpu0" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text(f"{listed}\n", encoding="ascii")
    monkeypatch.setattr(pinning, "TOPOLOGY", tmp_path)
    monkeypatch.setattr(os, "sched_setaffinity", lambda *_: None, raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: allowed, raising=False)
    assert choose_cores() == chosen


def test_a_core_is_its_own_twin() -> None:
    assert 0 in twins(0)

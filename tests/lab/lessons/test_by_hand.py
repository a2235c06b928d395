"""A saved program can be called by hand, as it is now."""

from __future__ import annotations

import pytest

from lab.lessons.by_hand import load_program
from lab.lessons.programs import program_cell


def test_a_program_is_loaded_afresh_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    program_cell("by_hand_test.py", "answer = 1\n")
    assert load_program("by_hand_test.py").answer == 1
    program_cell("by_hand_test.py", "answer = 'another'\n")
    assert load_program("by_hand_test.py").answer == "another"
    assert "by_hand_test.py is saved" in capsys.readouterr().out


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no program nobody\.py yet"):
        load_program("nobody.py")

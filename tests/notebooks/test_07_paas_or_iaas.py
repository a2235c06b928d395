"""What lesson 07 must show, whatever the prices and the machine."""

from __future__ import annotations

import re

import pytest

from lab.decide import OPTIONS, case_names, load_case
from lab.decide.options import title
from tests.notebooks.running import Lesson, run


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("07_paas_or_iaas", folder)


def test_every_option_is_defined(lesson: Lesson) -> None:
    shown = lesson.output("definitions")
    for option in OPTIONS:
        assert title(option) in shown


def test_who_runs_what_is_a_picture_with_words_and_a_table(lesson: Lesson) -> None:
    assert 'alt="Who runs what' in lesson.output("responsibilities")
    table = lesson.output("responsibilities-table")
    (row,) = re.findall(r"<tr><th scope=\"row\">operating system</th>(.*?)</tr>", table)
    cells = re.findall(r"<td>(\w+)</td>", row)
    assert cells == ["you", "you", "shared", "provider", "provider"]


def test_seven_dollars_last_for_a_tenth_of_a_month(lesson: Lesson) -> None:
    # 7 / 0.00002525 = 277,228 s, and 277,228 / 2,592,000 = 10.7 %.
    assert "7 dollars last for 277,228 s, 10.7% of a month" in lesson.output("duty")


def test_each_picture_has_its_numbers_beside_it(lesson: Lesson) -> None:
    for picture in ("curves", "scores-picture", "sensitivity-picture", "wins-picture"):
        assert re.search(r'alt="[^"]{80,}"', lesson.output(picture))
    assert "Cheapest" in lesson.output("curves-table")
    assert re.search(r"\w+ wins, \d\.\d\d points ahead", lesson.output("scores"))
    assert "Nearest, in percentage points" in lesson.output("sensitivity")


def test_a_price_is_found_that_changes_the_winner(lesson: Lesson) -> None:
    below, above = (line.rpartition(" ")[2] for line in lesson.output("flips-check").splitlines())
    assert below == "paas"
    assert above != below


def test_what_is_moved_is_written_and_read_again(lesson: Lesson) -> None:
    shown = lesson.output("explore-state")
    assert "shop.json" in shown
    assert "{'load.requests': 80000000.0}" in shown


def test_a_rule_rules_out(lesson: Lesson) -> None:
    shown = lesson.output("hospital")
    assert "paas is out: By the hospital's rules" in shown
    assert "what is left: ['on-premises']" in shown


def test_every_case_is_offered(lesson: Lesson) -> None:
    shown = lesson.output("six")
    for name in case_names():
        assert f"{name}: {load_case(name).title}" in shown

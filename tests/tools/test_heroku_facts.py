"""The page of facts says what the data say."""

from __future__ import annotations

from lab.heroku import facts
from tools.heroku_facts import PAGE, page, table


def test_the_page_is_in_step_with_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.heroku_facts"


def test_every_code_and_message_is_on_it() -> None:
    text = page()
    for message in facts.buildpack().message:
        assert f"`{message.code}`" in text
    for code in facts.platform().code:
        assert f"| {code.code} |" in text


def test_a_table_has_a_line_under_its_head() -> None:
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"

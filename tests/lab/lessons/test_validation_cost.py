"""The ways are timed in turns; table, words and picture have the same numbers."""

from __future__ import annotations

from collections import Counter

from lab.lessons.validation_cost import cost_table, describe_costs, draw_costs, time_ways

COSTS = {"no check": [1.0, 2.0, 9.0], "by hand": [4.0, 4.0, 4.0]}


def test_each_way_is_called_equally_often_and_timed_once_a_round() -> None:
    called: Counter[str] = Counter()
    ways = {"one": lambda: called.update(["one"]), "two": lambda: called.update(["two"])}
    costs = time_ways(ways, rounds=5, calls=3)
    assert called == {"one": 16, "two": 16}  # 5 rounds of 3, and one before the clock starts
    assert list(costs) == ["one", "two"]
    assert all(len(times) == 5 and min(times) > 0 for times in costs.values())


def test_table_and_description_name_the_middle_round() -> None:
    head, first, second = cost_table(COSTS).splitlines()
    assert head.split() == ["way", "half", "within", "95", "%", "within"]
    assert first.startswith("no check")
    assert "2.0 µs" in first
    assert second.startswith("by hand")
    assert second.count("4.0 µs") == 2
    assert describe_costs(COSTS, "Costs") == (
        "Costs. no check: half of 3 rounds within 2.0 microseconds. "
        "by hand: half of 3 rounds within 4.0 microseconds."
    )


def test_the_picture_says_what_does_not_fit_into_it() -> None:
    figure = draw_costs({"quick": [1.0] * 9 + [900.0], "slow": [4.0] * 10}, "Costs", "A note.")
    (axes,) = figure.axes
    assert axes.get_xlim()[1] == 10.0
    assert [label.get_text() for label in axes.get_yticklabels()] == ["quick", "slow"]
    assert [text.get_text().strip() for text in axes.texts] == ["1.0 µs", "4.0 µs"]
    assert figure.texts[-1].get_text() == "A note.\nBeyond the right edge: 1 of all marks."

"""The order of rows: every block has each stack once and the first one twice, in random order."""

from __future__ import annotations

from lab.bench.schedule import AGAIN, block_order, roles

NAMES = roles(["a", "b", "c"])


def orders(seed: int) -> list[list[str]]:
    return [block_order(NAMES, seed=seed, experiment="x", block=block) for block in range(40)]


def test_a_block_has_each_stack_once_and_the_first_one_again() -> None:
    assert NAMES == ["a", "b", "c", AGAIN]
    assert all(sorted(order) == sorted(NAMES) for order in orders(1))


def test_each_role_comes_first_now_and_then() -> None:
    assert {order[0] for order in orders(1)} == set(NAMES)


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    assert orders(1) == orders(1)
    assert orders(1) != orders(2)


def test_the_order_does_not_depend_on_the_version_of_python() -> None:
    assert block_order(NAMES, seed=1, experiment="x", block=1) == ["a", "c", "b", "again"]

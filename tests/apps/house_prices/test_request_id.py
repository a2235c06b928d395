import re

import pytest

from apps.house_prices.request_id import accept_or_make


@pytest.mark.parametrize("offered", ["a", "8c0d6f3e-1f7a-4c56-9d43-0d2a5a1b9a10", "a.b_c-1" * 16])
def test_a_well_formed_id_is_kept(offered: str) -> None:
    assert accept_or_make(offered) == offered


@pytest.mark.parametrize("offered", [None, "", "a b", "a\nb", "é", "x" * 129, 'a"b', "a/b", "a\n"])
def test_anything_else_is_replaced(offered: str | None) -> None:
    made = accept_or_make(offered)
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    assert accept_or_make(offered) != made

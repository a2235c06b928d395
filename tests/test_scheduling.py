"""What shares something costly runs in one process; all else is free to run in either."""

from __future__ import annotations

import pytest

from tests.scheduling import group_of, turn_of


@pytest.mark.parametrize(
    ("test", "group"),
    [
        ("tests/notebooks/test_03_schemas.py::test_a[from-notebooks]", "03 from-notebooks"),
        (
            "tests/notebooks/test_every_lesson.py::test_b[03_schemas-from-notebooks]",
            "03 from-notebooks",
        ),
        (
            "tests/notebooks/test_every_lesson.py::test_b[00_start_here-from-the-root]",
            "00 from-the-root",
        ),
        ("tests/contract/test_answers.py::test_c[fastapi]", "tests/contract/ fastapi"),
        (
            "tests/contract/test_answers.py::test_c[fastapi-gunicorn-/docs]",
            "tests/contract/ fastapi-gunicorn",
        ),
        (
            "tests/contract/test_same_bytes.py::test_l[two types]",
            "tests/contract/test_same_bytes.py",
        ),
        (
            "tests/clients/test_frameworks.py::test_d[flask-vue]",
            "tests/clients/test_frameworks.py vue",
        ),
        ("tests/clients/test_frameworks.py::test_e[vue]", "tests/clients/test_frameworks.py vue"),
        (
            "tests/apps/house_prices/test_house.py::test_f[GrLivArea]",
            "tests/apps/house_prices/test_house.py",
        ),
        ("tests/browser/test_docs.py::test_i[flask]", "tests/browser"),
        ("tests/browser/test_price.py::test_j", "tests/browser"),
        ("tests/browser/test_site.py::test_k[start]", "tests/browser/test_site.py"),
        ("tests/training/test_train.py::test_g", "tests/training/test_train.py"),
        ("tests/lab/heroku/test_whole.py::test_h[x]", "tests/lab/heroku/test_whole.py"),
    ],
)
def test_what_is_shared_stays_together(test: str, group: str) -> None:
    assert group_of(test) == group


def test_what_starts_its_own_servers_stands_alone() -> None:
    for test in (
        "tests/content/test_exercises.py::test_a[01.1-stub]",
        "tests/lab/test_cli.py::test_b",
    ):
        assert group_of(test) == test


def test_the_long_begin_and_all_others_keep_their_order() -> None:
    tests = [
        "tests/apps/test_a.py::test_b",
        "tests/lab/test_cli.py::test_05_from-notebooks",
        "tests/lab/heroku/test_whole.py::test_f",
        "tests/notebooks/test_00_start_here.py::test_c[from-the-root]",
        "tests/notebooks/test_06_wsgi_against_asgi.py::test_d[from-notebooks]",
        "tests/notebooks/test_every_lesson.py::test_e[06_wsgi_against_asgi-from-notebooks]",
    ]
    assert sorted(tests, key=turn_of) == [tests[place] for place in (4, 5, 3, 2, 0, 1)]

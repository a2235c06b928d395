"""A session of lesson 08: read from its log, told, and drawn where each part can be seen."""

from __future__ import annotations

import pytest

from lab.lessons.session import (
    LONGEST,
    SHORTEST,
    Session,
    Stay,
    describe_session,
    draw_session,
    read_session,
    scale_of,
    session_table,
)
from lab.lessons.shown import show

LINES = [
    "2026-11-25T10:00:00.000000+00:00 app[api]: Release v1 created by user you",
    "2026-11-25T10:00:00.100000+00:00 heroku[web.1]: State changed from down to starting",
    "2026-11-25T10:00:02.100000+00:00 heroku[web.1]: State changed from starting to up",
    '2026-11-25T10:00:03.000000+00:00 heroku[router]: at=info method=GET path="/a b" '
    'host=127.0.0.1:4000 request_id=abc fwd="127.0.0.1" dyno=web.1 connect=1ms service=5ms '
    "status=200 bytes=2 protocol=http1.1 tls=false",
    "2026-11-25T10:00:04.000000+00:00 app[web.1]: State changed from up to crashed",  # says the app
    "2026-11-25T10:00:05.000000+00:00 heroku[web.1]: State changed from up to crashed",
    '2026-11-25T10:00:06.000000+00:00 heroku[router]: at=error code=H10 desc="App crashed" '
    'method=GET path="/" host=127.0.0.1:4000 request_id=abd fwd="127.0.0.1" dyno= connect= '
    "service= status=503 bytes= protocol=http1.1 tls=false",
]


def test_a_session_is_read_from_its_log() -> None:
    found = read_session(LINES)
    assert [(one.dyno, one.state, one.begin, one.end) for one in found.stays] == [
        ("web.1", "starting", 0.1, 2.1),
        ("web.1", "up", 2.1, 5.0),
        ("web.1", "crashed", 5.0, 6.0),
    ]
    assert found.releases == ((0.0, "v1"),)
    assert found.requests == ((3.0, 200), (6.0, 503))
    with pytest.raises(ValueError, match="empty"):
        read_session([])


def test_table_text_and_picture_tell_the_same() -> None:
    found = read_session(LINES)
    assert session_table(found).splitlines()[-1] == "web.1   crashed      5.0 s  1.0 s"
    told = describe_session(found)
    assert "web.1 up at 2.1 s for 2.9 s" in told
    assert "1 answered, 1 with an error" in told
    shown = show(draw_session(found), told)
    assert "web.1 up at 2.1 s" in str(shown.data)


def test_long_waits_are_cut_and_moments_widened() -> None:
    crash = Stay("web.1", "crashed", 30.0, 30.001)
    stays = (Stay("web.1", "up", 10.0, 30.0), crash, Stay("web.1", "starting", 30.001, 33.0))
    found = Session(stays, ((10.0, "v1"),), ((12.0, 200), (1200.0, 503)), 1200.0)
    scale = scale_of(found)
    assert scale.place(30.001) - scale.place(30.0) == pytest.approx(SHORTEST)
    assert scale.place(12.0) - scale.place(10.0) == pytest.approx(2.0)
    assert scale.place(30.0) - scale.place(12.0) == pytest.approx(LONGEST)
    assert scale.place(1200.0) - scale.place(33.0) == pytest.approx(LONGEST)
    assert len(scale.cuts) == 3
    assert "less than 0.1 s" in session_table(found)
    assert draw_session(found).axes[0].get_xlim()[1] < 30


def test_a_session_of_one_line_can_be_drawn() -> None:
    assert draw_session(read_session(LINES[:1])).axes

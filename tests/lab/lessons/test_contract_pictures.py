"""What chapter 01 draws: the same in the table, in the description and in the picture."""

from __future__ import annotations

import numpy as np
import pytest
import requests
from matplotlib.figure import Figure

from lab.exercises.scripted import Reply, answering
from lab.lessons import outcomes, repeats, sent
from lab.lessons.frame import frame
from lab.lessons.outcomes import Outcome
from lab.lessons.wire import Exchange, Relay

FARED = {
    "more": {"a": Outcome("works"), "b": Outcome("works")},
    "less": {"a": Outcome("fails", "KeyError"), "b": Outcome("wrong", "another price")},
}
COUNTS = {"POST /x": [1, 2, 3], "PUT /x/1": [1, 1, 1]}
SENT = {
    "curl": Exchange(
        "POST", "/p", "HTTP/1.1", [("content-type", "application/json")], b"{}", 200, [], b""
    )
}


def words(figure: Figure) -> str:
    """Return all that is written in a picture."""
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in axes.texts]
        found += [label.get_text() for label in axes.get_yticklabels()]
    return "\n".join(found)


def test_outcomes_are_told_in_words_everywhere() -> None:
    head, more, less = outcomes.table(FARED).splitlines()
    assert head.split() == ["change", "a", "b"]
    assert more.split() == ["more", "works", "works"]
    assert less == "less    fails: KeyError  wrong: another price"
    assert "less: a fails: KeyError, b wrong: another price." in outcomes.describe(FARED)
    drawn = words(outcomes.draw(FARED))
    for word in ("more", "less", "✓ works", "✗ fails", "KeyError", "! wrong", "another price"):
        assert word in drawn


def test_changes_are_tried_on_each_consumer_and_undone() -> None:
    with answering(Reply(200, {"price": 5.0})) as server, Relay(server.url) as relay:

        def careful() -> object:
            return requests.get(relay.url, timeout=5).json()["price"]

        def lucky() -> object:
            return float(requests.get(relay.url, timeout=5).json()["price"])

        tried = outcomes.try_changes(
            relay,
            {
                "nothing": (200, lambda body: body),
                "gone": (200, lambda _: {}),
                "text": (200, lambda body: {"price": str(body["price"])}),
                "less": (200, lambda body: {"price": body["price"] / 1000}),
            },
            {"careful": careful, "lucky": lucky},
        )
        assert relay.rewrite is None
    assert {change: [str(one) for one in fared.values()] for change, fared in tried.items()} == {
        "nothing": ["works", "works"],
        "gone": ["fails: KeyError", "fails: KeyError"],
        "text": ["wrong: took str for a price", "works"],
        "less": ["wrong: another price", "wrong: another price"],
    }


def test_repeats_are_told_in_numbers_everywhere() -> None:
    head, post, put = repeats.table(COUNTS).splitlines()
    assert head.split() == ["times", "sent", "1", "2", "3"]
    assert post.split() == ["POST", "/x", "1", "2", "3"]
    assert put.split() == ["PUT", "/x/1", "1", "1", "1"]
    assert "POST /x: 1, 2 and 3." in repeats.describe(COUNTS)
    drawn = repeats.draw(COUNTS, "things kept")
    assert {"POST /x", "PUT /x/1"} <= set(words(drawn).splitlines())
    heights = [np.asarray(line.get_ydata()).tolist() for line in drawn.axes[0].lines]
    assert heights == list(COUNTS.values())


def test_what_was_sent_is_told_in_bytes_everywhere() -> None:
    head, curl = sent.table(SENT).splitlines()
    assert "  first line and headers  body" in head
    size = SENT["curl"].header_bytes
    assert curl.split() == (
        f"curl POST /p HTTP/1.1 application/json {size} bytes 2 bytes 200".split()
    )
    assert f"curl: {size} bytes of first line and headers, 2 of body." in sent.describe(SENT)
    drawn = words(sent.draw(SENT))
    assert {str(size), "2"} <= set(drawn.splitlines())


@pytest.mark.parametrize(("width", "style"), [(None, "width: 100%;"), (390, "width: 390px;")])
def test_a_frame_has_a_title_a_link_and_a_width(width: int | None, style: str) -> None:
    shown = str(frame("A <page>", "http://127.0.0.1:1", width=width).data)
    assert 'title="A &lt;page&gt;"' in shown
    assert '<a href="http://127.0.0.1:1"' in shown
    assert style in shown

"""The page and the Markdown: whole, alone, and never saying more than the results do."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click import IntRange

from lab.bench import report
from lab.bench.commands import bench_command
from lab.bench.remote import remote_stack
from lab.bench.report import row_tables
from lab.bench.report.document import Points
from lab.bench.report.plots import throughputs
from lab.bench.report.sections import document
from lab.bench.report.words import MOST_PAIRS, settings
from lab.bench.results import Interval, Results
from lab.bench.showing import summary
from tests.lab.bench.sample import ledger, row, sample

VOID = {"meta", "br", "img", "link"}


class Tree(HTMLParser):
    """Checks that every element is closed in its turn, and collects what there is."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src", "xlink:href"}:
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    markdown, page = report.write(sample(), folder)
    assert (markdown.name, page.name) == ("report.md", "report.html")
    return markdown.read_text("utf-8"), page.read_text("utf-8")


def test_the_page_needs_nothing_beside_itself(written: tuple[str, str]) -> None:
    page = Tree()
    page.feed(written[1])
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert "script" not in page.tags
    for link in page.links:
        assert link.startswith("#")
        assert link[1:] in page.ids
    assert "url(http" not in written[1]
    assert "@import" not in written[1]


def test_every_plot_is_told_in_words_and_has_a_table(written: tuple[str, str]) -> None:
    plots = re.findall(r"<svg.*?</svg>", written[1], flags=re.DOTALL)
    names = [re.search(r'id="([a-z0-9-]+?)-figure_1"', plot) for plot in plots]
    found = {name[1] for name in names if name}
    assert {"ratios", "throughput-predict-one", "latency-predict-one"} <= found
    assert {"knee-predict-one", "layers", "omission"} <= found
    for plot in plots:
        element = ElementTree.fromstring(plot)
        assert element.get("role") == "img"
        assert len(element.get("aria-label") or "") > 100
    captions = re.findall(r'<p class="caption">(.*?)</p>', written[1])
    for part in ("verdicts", "Throughput", "Latency", "highest rate", "layer", "stalls", "ledger"):
        assert any(part in caption for caption in captions), part


def test_found_comes_first_then_how_sure_then_how_to_repeat(written: tuple[str, str]) -> None:
    for text in written:
        places = [
            re.search(rf"(<h2[^>]*>|## ){title}", text)
            for title in ("What was found", "How sure it is", "What the words mean", "To repeat it")
        ]
        starts = [place.start() for place in places if place]
        assert len(starts) == 4
        assert starts == sorted(starts)


def test_every_verdict_is_a_sentence_with_its_interval(written: tuple[str, str]) -> None:
    text = written[0]
    first = sample().comparisons[0].ratio
    assert first is not None
    assert (
        "- Faster: at “price one house”, FastAPI on uvicorn is "
        f"{first.estimate:.2f} times as fast as Flask on gunicorn, 8 threads, by requests a second "
        f"(95 % interval {first.low:.2f} to {first.high:.2f})."
    ) in text
    for start in ("Equivalent: ", "Slower: ", "Undecided: ", "Invalid: nothing can be said"):
        assert f"- {start}" in text
    more = r"About (\d+) more pairs would probably decide it: `lab bench .*--pairs (\d+)`"
    found = re.search(more, text)
    assert found is not None
    assert int(found[2]) - int(found[1]) == 10  # those that there are


def test_with_too_few_pairs_the_next_step_is_said_in_report_and_terminal(
    written: tuple[str, str],
) -> None:
    step = "there are 3: measure again when the machine has nothing else to do, with `lab bench"
    assert f"{step} --stack fastapi --stack node --workload health --pairs 10`." in written[0]
    assert step in summary(sample())
    (pairs,) = (one for one in bench_command.params if one.name == "pairs")
    assert isinstance(pairs.type, IntRange)
    assert pairs.type.max == MOST_PAIRS


def test_what_limits_trust_is_said(written: tuple[str, str]) -> None:
    text = written[0]
    assert "Rows that count for nothing: 3 of" in text
    assert "| generator-bound | The generator used 97 % of its core. |" in text
    assert "Little's law: expected 7.9 to 8.1 in flight, found 3.0" in text
    assert "threads: none against 8" in text
    assert "In 1 of 6 comparisons, settings differ" in text
    assert "(ASGI, 1 worker, threads: none)" in text
    assert "3 of 3" in text  # too few pairs
    assert "Go is not installed: make extras." in text


def test_a_stop_under_load_says_what_was_lost(written: tuple[str, str]) -> None:
    assert "SIGTERM in the middle of the load" in written[1]
    row = "| Flask on gunicorn, 8 threads | WSGI, 1 worker, threads: 8 | 50 | 0 | 2 | 40 | 1.25 |"
    assert row in written[0]


def test_what_is_needed_to_repeat_it_is_there(written: tuple[str, str]) -> None:
    text = written[0]
    for part in ("lab bench --seed 7", "Seed 7", "abcdef0", "uvicorn 0.50.0", "HTTP parser"):
        assert part in text
    for measured in sample().rows:
        assert f"\n| {measured.id} |" in text


def test_the_same_results_give_the_same_report(tmp_path: Path, written: tuple[str, str]) -> None:
    again = [path.read_text("utf-8") for path in report.write(sample(), tmp_path)]
    assert again == list(written)


def changed(**fields: object) -> Results:
    return sample().model_copy(update=fields)


def test_a_session_that_was_interrupted_has_a_report(tmp_path: Path) -> None:
    empty = changed(
        rows=[], comparisons=[], knees=[], layers=[], omission=None, finished_at=None, notes=[]
    )
    markdown, page = report.write(empty, tmp_path)
    assert "not finished: `lab bench --resume`" in markdown.read_text("utf-8")
    assert "No comparison was measured." in page.read_text("utf-8")


def test_many_invalid_comparisons_are_told_in_one_sentence() -> None:
    bad = next(one for one in sample().comparisons if one.verdict == "invalid")
    more = [bad.model_copy(update={"id": f"{bad.id}/{number}"}) for number in range(4)]
    results = changed(comparisons=[sample().comparisons[0], *more])
    said = document(results).sections[0].blocks[0]
    assert isinstance(said, Points)
    told = [point for point in said.points if point.startswith("Invalid")]
    assert told == [
        "Invalid: nothing can be said of 4 other comparisons. The table names them, and “How sure "
        "it is” says why."
    ]
    assert said.points[0].startswith("Faster")


def test_a_verdict_without_a_ratio_is_no_ratio(tmp_path: Path) -> None:
    silent = (
        sample()
        .comparisons[0]
        .model_copy(
            update={"ratio": None, "noise": None, "detectable": None, "why": "It never answered."}
        )
    )
    markdown, _ = report.write(changed(comparisons=[silent], rows=sample().rows[:30]), tmp_path)
    assert "beyond any ratio. It never answered." in markdown.read_text("utf-8")


def test_names_cannot_break_the_page(tmp_path: Path) -> None:
    rows = [row.model_copy(update={"title": "<b>&\"|'"}) for row in sample().rows[:30]]
    one = sample().comparisons[0].model_copy(update={"question": "<i>?", "unequal": ["a | b"]})
    markdown, page = report.write(changed(rows=rows, comparisons=[one]), tmp_path)
    tree = Tree()
    tree.feed(page.read_text("utf-8"))
    assert "b" not in tree.tags
    assert "i" not in tree.tags
    table = [
        line for line in markdown.read_text("utf-8").splitlines() if line.startswith("| Price")
    ]
    assert "a \\| b" in table[0]


def test_a_wide_ratio_has_ticks_that_can_be_read(tmp_path: Path) -> None:
    wide = Interval(estimate=90, low=40, high=200)
    one = sample().comparisons[0].model_copy(update={"ratio": wide})
    _, page = report.write(changed(rows=sample().rows[:30], comparisons=[one]), tmp_path)
    ticks = re.findall(r"<text[^>]*>(\d+)</text>", page.read_text("utf-8"))
    assert {"1", "10", "100"} <= set(ticks)


def test_rows_of_two_experiments_on_one_workload_are_not_pooled() -> None:
    one = sample().comparisons[0]
    second = {name for pair in one.pairs[5:] + one.control[5:] for name in pair}
    rows = [
        row.model_copy(update={"details": {"experiment": "another"}}) if row.id in second else row
        for row in sample().rows
    ]
    found = throughputs(changed(rows=rows, comparisons=[one]))
    assert [len(found[name, "flask"]) for name in ("another", "predict-one")] == [5, 5]
    texts = [
        str(block)
        for section in document(changed(rows=rows, comparisons=[one])).sections
        for block in section.blocks
    ]
    for part in ("Throughput: ", "Latency by percentile: ", "over the runs: "):
        assert any(f"{part}price one house (experiment another)" in text for text in texts), part


def test_a_server_that_was_not_started_here_is_labelled_and_not_called_equal() -> None:
    foreign = ledger("flask", known=False, workers=None)
    assert settings(foreign) == "settings unknown"
    one = row("r1", "flask", "health", 900, [1.0] * 50, ledger=foreign)
    [(_, *cells)] = row_tables.ledger_table(changed(rows=[one])).rows
    assert sorted({*cells}) == ["unknown", "yes"]  # keep-alive can be seen
    assert "not started here" in remote_stack("http://127.0.0.1:9", ()).title


def test_what_has_no_number_is_not_said_to_be_none() -> None:
    development = ledger("flask-dev", threads=None, slots=100)
    assert settings(development) == "WSGI, 1 worker, threads: one a connection"
    greenlets = ledger("flask-gevent", threads=None, event_loop="gevent")
    assert settings(greenlets) == "WSGI, 1 worker, threads: none"
    endless = row("r1", "bare-asgi", "health", 900, [1.0] * 50, ledger=ledger("bare-asgi"))
    table = row_tables.ledger_table(changed(rows=[endless]))
    cells = dict(zip(table.head, table.rows[0], strict=True))
    assert cells["Requests that can wait at once"] == "no limit"
    assert cells["Threads a worker"].startswith("none (asynchronous")

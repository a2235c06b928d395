"""The sheet says the same in the terminal, on the page, as JSON and in the notebook."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.cli import main
from lab.decide import bills, compare, crossings, load_case, make_case, middle, wins
from lab.decide.command import fields
from lab.decide.pictures import PICTURES
from lab.decide.sheet import plain, sheet
from lab.decide.tables import bill_table, crossing_table, flip_table, score_table, text
from lab.decide.words import SPACE, dollars, load, number, points, share
from tests.lab.decide.sample import FIELDS, case

NAMES = ("bank", "demo", "hospital", "public", "shop", "startup")
NO_RESULTS = ("--results", "/nowhere/results.json")


def decide(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["decide", *arguments, *NO_RESULTS])


class Reader(HTMLParser):
    """Notes the elements of a page, with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("name", NAMES)
def test_a_terminal_shows_the_numbers_of_the_model(name: str) -> None:
    result = decide(name)
    assert result.exit_code == 0, result.output
    chosen = load_case(name)
    for one in bills(chosen, middle(chosen)).values():
        if one.known:
            assert dollars(float(one.total)) in result.output
    for standing in compare(chosen).standings:
        assert points(standing.total) in result.output
    for part in wins(chosen).values():
        assert share(part).replace(SPACE, " ") in result.output
    for trap in chosen.traps:
        assert trap.thought.split()[0] in result.output
    assert max(map(len, result.output.split("What it costs")[0].splitlines())) <= 96


def test_the_page_has_the_same_tables_and_needs_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "new" / "shop.html"
    result = decide("shop", "--html", str(file))
    assert (result.exit_code, result.output) == (0, f"Written: {file}\n")
    page = Reader(file.read_text(encoding="utf-8"))
    chosen = load_case("shop")
    for table in (bill_table(chosen), score_table(chosen), crossing_table(chosen)):
        for row in table.rows:
            for cell in row:
                assert cell in page.text
    # Nothing is fetched, and every picture says what it shows.
    assert page.of("script") + page.of("link") + page.of("img") == []
    pictures = [one for one in page.of("svg") if one.get("role") == "img"]
    assert len(pictures) == len(PICTURES)
    assert all(len(one["aria-label"] or "") > 40 for one in pictures)
    assert page.of("html")[0]["lang"] == "en"
    assert len(page.of("h1")) == 1
    assert len(page.of("th")) > len(page.of("table"))
    ids = [one["id"] for _, one in page.found if one.get("id")]
    assert len(ids) == len(set(ids))


def test_json_has_the_numbers_of_the_model() -> None:
    told = json.loads(decide("startup", "--json").output)
    chosen = load_case("startup")
    assert {**told, "basis": ""} == json.loads(json.dumps(fields(chosen)))
    for option, one in bills(chosen, middle(chosen)).items():
        assert told["bills"][option]["total"] == pytest.approx(float(one.total))
    assert told["winner"] == compare(chosen).winner


def test_the_list_names_all_and_a_copy_begins_a_case_of_ones_own(tmp_path: Path) -> None:
    assert [line.split()[0] for line in decide("--list").output.splitlines()[:6]] == list(NAMES)
    assert decide().output == decide("--list").output
    mine = tmp_path / "mine.toml"
    mine.write_text(decide("demo", "--copy").output, encoding="utf-8")
    there, here = (decide(name).output for name in (str(mine), "demo"))
    assert there == here


def test_a_figure_can_be_changed_and_a_wrong_one_is_refused() -> None:
    told = json.loads(decide("startup", "--json", "--set", "paas.price=1000 USD/month").output)
    assert told["bills"]["paas"]["lines"]["servers"] == 2000  # two instances, the least
    result = decide("startup", "--set", "paas.price=-1 USD/month")
    assert result.exit_code == 1
    assert "option.paas.price: -1 USD/month is negative." in result.output
    assert 'For example: price = "7 USD/month"' in result.output
    assert "changes nothing" in decide("startup", "--set", "paas.price").output


@pytest.mark.parametrize("more", [("--json",), ("--set", "load.requests=5"), ("--html", "a.html")])
def test_what_would_not_be_in_a_copied_file_is_refused(more: tuple[str, ...]) -> None:
    answer = decide("demo", "--copy", *more)
    assert answer.exit_code == 2
    assert "leave out" in answer.output


@pytest.mark.parametrize("arguments", [("moon",), ("moon", "--copy"), ("moon.toml",)])
def test_what_is_not_there_is_said_without_a_traceback(arguments: tuple[str, ...]) -> None:
    result = decide(*arguments)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")


def test_a_page_goes_neither_over_a_case_nor_where_it_cannot(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(decide("demo", "--copy").output, encoding="utf-8")
    before = mine.read_bytes()
    assert "is no name of a page" in decide(str(mine), "--html", str(mine)).output
    result = decide("demo", "--html", str(mine / "page.html"))
    assert result.exit_code == 1
    assert "cannot be written: " in result.output
    assert mine.read_bytes() == before


def test_a_case_without_any_price_is_compared_by_the_rest() -> None:
    fields = deepcopy(FIELDS)
    fields["option"] = {name: {"staff": 1} for name in ("iaas", "paas")}
    fields["criteria"] = {"control": fields["criteria"]["control"]}
    fields["facts"] = []
    bare = make_case(fields)
    told = plain(sheet(bare))
    assert "IaaS has the most points" in told
    assert "IaaS: without iaas.billing there is no cost." in told
    assert "no two with a known cost" in told


def test_a_price_in_euros_without_a_euro_leaves_an_option_unpriced(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    lines = decide("demo", "--copy").output.splitlines()
    mine.write_text("\n".join(one for one in lines if not one.startswith("euro")), encoding="utf-8")
    told = decide(str(mine)).output
    assert "IaaS: without common.euro there is no cost." in told
    assert "IaaS is not compared. Its cost is not known: common.euro." in told


def test_a_page_and_json_are_asked_for_one_by_one(tmp_path: Path) -> None:
    result = decide("demo", "--json", "--html", str(tmp_path / "page.html"))
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "Give --json or --html" in result.output


def test_help_has_an_example() -> None:
    assert "Example: `lab decide shop --html shop.html`" in " ".join(
        decide("--help").output.split()
    )


def test_every_picture_is_drawn_and_described_with_the_numbers() -> None:
    chosen = case()
    for name, (draw, describe) in PICTURES.items():
        assert draw(chosen).axes, name
        assert describe(chosen).endswith("."), name
    (_, costs) = PICTURES["costs"]
    meets = crossings(chosen, "iaas", "saas")[0]
    assert f"From {load(meets.load)} requests a month on, IaaS" in costs(chosen)


def test_a_table_as_text_is_aligned() -> None:
    lines = text(flip_table(case(), "serverless.staff", "saas.staff")).splitlines()
    assert lines[1].split("  ")[0] == "Figure"
    assert re.search(r"serverless\.staff +4 h/month +none +5\.167: PaaS", lines[2])
    assert lines[3].endswith("none")


def test_a_table_of_flips_without_any_says_so() -> None:
    assert flip_table(load_case("hospital")).rows == (("no figure by itself", "-", "-", "-"),)


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "$0.00"), (0.001, "under $0.01"), (7, "$7.00"), (99.5, "$99.50"), (1234.5, "$1,234")],
)
def test_dollars(value: float, told: str) -> None:
    assert dollars(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (999, "1,000"), (50_000, "50,000"), (1_640_000, "1.6 million"), (996_000, "1 million"),
        (2.5e9, "2.5 billion"), (500, "500"),
    ],
)  # fmt: skip
def test_loads(value: float, told: str) -> None:
    assert load(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0 %"), (0.004, "under 1 %"), (0.5, "50 %"), (0.9999, "over 99 %"), (1, "100 %")],
)
def test_shares(value: float, told: str) -> None:
    assert share(value) == told.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"), (0.1, "0.1"), (6e7, "60,000,000"), (2.4e-5, "0.000024"), (5.16745, "5.167"),
        (-3, "-3"), (1e300, "1e+300"), (1e-300, "1e-300"),
    ],
)  # fmt: skip
def test_numbers(value: float, told: str) -> None:
    assert number(value) == told

"""What was moved is kept in a file, and the notebook's controls and the terminal agree on it."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from lab.cli import main
from lab.decide import CaseError, bills, compare, load_case, middle, with_figures
from lab.decide.command import fields
from lab.decide.reading import CASES
from lab.decide.state import State, StateError, read_state, write_state
from lab.decide.tables import bill_table, score_table, text
from lab.decide.widgets import explore

BROKEN = [
    "", "{", "[]", "5", '{"format": 9}', '{"format": 1, "case": "moon", "changes": {}}',
    '{"format": 1, "case": "demo", "changes": {"paas.staff": -1}}',
    '{"format": 1, "case": "demo", "changes": 7}',
]  # fmt: skip


def test_a_state_comes_back_as_it_was(tmp_path: Path) -> None:
    state = State("demo", {"load.requests": 20_000.0, "criteria.cost.weight": 50.0})
    assert write_state(tmp_path / "new" / "demo.json", state) == (
        f"Written: {tmp_path / 'new' / 'demo.json'}"
    )
    assert read_state(tmp_path / "new" / "demo.json") == state
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["demo.json"]


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_no_state_is_refused_and_never_written_over(tmp_path: Path, content: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(StateError, match=r"state\.json does not hold a decision's state"):
        read_state(file)
    assert file.read_text(encoding="utf-8") == content
    said = write_state(file, State("demo"))
    assert "It was set aside as state.unreadable-1.json." in said
    assert (tmp_path / "state.unreadable-1.json").read_text(encoding="utf-8") == content
    assert read_state(file) == State("demo")


def test_what_cannot_be_set_aside_stays(tmp_path: Path) -> None:
    file = tmp_path / f"{'a' * 245}.json"  # a longer name is more than a disk takes
    file.write_text("{", encoding="utf-8")
    with pytest.raises(StateError, match="cannot be written: File name too long"):
        write_state(file, State("demo"))
    assert file.read_text(encoding="utf-8") == "{"


def test_a_folder_is_not_set_aside_for_a_state(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="it is a folder"):
        write_state(tmp_path, State("demo"))
    with pytest.raises(StateError, match="cannot be read: Is a directory"):
        read_state(tmp_path)


def test_a_state_of_ones_own_case_finds_its_file_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_bytes((CASES / "demo.toml").read_bytes())
    explorer = explore("mine.toml", "load.idle", "iaas.price", view="Points")
    explorer.controls["load.idle"].value = 0.5
    explorer.controls["iaas.price"].value = 5.0
    explorer.save("state.json")
    monkeypatch.chdir("/")
    explorer.reset()
    explorer.load(tmp_path / "state.json")
    assert explorer.state.changes == {"load.idle": 0.5, "iaas.price": 5.0}
    # The price is in euros, and stays in them: 5 * 1.125 dollars.
    assert bills(explorer.case, middle(explorer.case))["iaas"].lines["servers"] == 5.625
    arguments = [str(tmp_path / "mine.toml"), "--state", str(tmp_path / "state.json"), "--json"]
    result = CliRunner().invoke(main, ["decide", *arguments, "--results", str(tmp_path / "none")])
    assert json.loads(result.output)["bills"]["iaas"]["lines"]["servers"] == 5.625


def test_the_terminal_reads_what_the_notebook_wrote(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    explorer = explore("startup", "load.requests", "paas.staff", "criteria.speed.weight")
    explorer.controls["paas.staff"].value = 8
    explorer.controls["criteria.speed.weight"].value = 10
    explorer.save(file)
    arguments = ["decide", "--state", str(file), "--json", "--results", str(tmp_path / "none")]
    result = CliRunner().invoke(main, arguments)
    told = json.loads(result.output)
    assert {**told, "basis": ""} == json.loads(json.dumps(fields(explorer.case)))
    wanted = {"paas.staff": 8, "criteria.speed.weight": 10}
    assert told["winner"] == compare(with_figures(load_case("startup"), wanted)).winner
    other = CliRunner().invoke(main, ["decide", "demo", *arguments[1:]])
    assert "is of the case 'startup', not 'demo'" in other.output


def test_moving_a_control_redraws_picture_and_table_at_once() -> None:
    explorer = explore("startup", view="Points")
    before, state = explorer.shown.value, explorer.state
    assert state == State("startup", {})
    assert explorer.case == load_case("startup")
    explorer.controls["paas.staff"].value = 9.0
    assert explorer.shown.value != before
    assert escape(text(score_table(explorer.case))) in explorer.shown.value
    assert 'role="img" aria-label="Points of 10' in explorer.shown.value
    explorer.view.value = "What a month costs"
    assert escape(text(bill_table(explorer.case))) in explorer.shown.value
    explorer.reset()
    assert explorer.case == load_case("startup")


def test_controls_go_where_a_file_says_and_stay_where_it_says_nothing_sound(
    tmp_path: Path,
) -> None:
    explorer = explore("demo", "load.requests", "load.idle", view="Points")
    explorer.controls["load.idle"].value = 0.5
    file = tmp_path / "state.json"
    explorer.save(file)
    explorer.reset()
    explorer.load(file)
    assert explorer.state.changes == {"load.idle": 0.5}
    for content in (BROKEN[1], '{"format": 1, "case": "shop", "changes": {}}'):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(CaseError):
            explorer.load(file)
    file.write_text('{"format": 1, "case": "demo", "changes": {"paas.staff": 3}}', encoding="utf-8")
    with pytest.raises(CaseError, match=r"moves paas\.staff, which has no control here"):
        explorer.load(file)
    assert explorer.state.changes == {"load.idle": 0.5}
    # What a control cannot show would be another state than the terminal's.
    for changes, told in (
        ({"load.requests": 5}, r"goes from 1,000 to 1e\+09"),
        ({"load.idle": "20 %"}, "moves load.idle to '20 %', and a control has a number"),
    ):
        write_state(file, State("demo", changes))
        with pytest.raises(CaseError, match=told):
            explorer.load(file)
    assert explorer.state.changes == {"load.idle": 0.5}
    explorer.controls["load.idle"].value = 0.25
    assert explorer.case == with_figures(load_case("demo"), {"load.idle": 0.25})


def test_what_cannot_be_decided_is_said_not_saved_and_the_last_picture_stays(
    tmp_path: Path,
) -> None:
    explorer = explore("demo", "criteria.cost.weight", "criteria.effort.weight",
                       "criteria.first-answer.weight", "criteria.learning.weight",
                       view="Points")  # fmt: skip
    for control in explorer.controls.values():
        control.value = 0
    assert "all weights are 0" in explorer.said.value
    with pytest.raises(CaseError, match="all weights are 0"):
        explorer.save(tmp_path / "state.json")
    assert list(tmp_path.iterdir()) == []
    assert "Points of 10" in explorer.shown.value


def test_a_control_for_nothing_is_refused_with_a_name_that_would_do() -> None:
    with pytest.raises(CaseError, match=r"'moon' is no figure .* such as criteria\.cost\.weight"):
        explore("demo", "moon")


def test_every_control_has_a_label_and_a_unit() -> None:
    explorer = explore("shop", view="Points")
    labels = [one.description for one in explorer.controls.values()]
    assert "load.requests (requests/month)" in labels
    assert "weight: December holds" in labels
    assert len(labels) == len(set(labels))


def test_without_a_kernel_the_picture_and_the_table_are_there() -> None:
    explorer = explore("demo", view="Points")
    bundle = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert 'role="img"' in bundle["text/html"]
    assert text(score_table(explorer.case)) in bundle["text/plain"]

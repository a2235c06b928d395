"""`lab claims`: what the course notes claim, and what this machine says of it."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from lab.bench.claims import Claim
    from lab.bench.evidence import Judged
    from lab.bench.proofs import Finding
    from lab.bench.results import Outcome, Results

FOLDER: Final = Path("reports")
FINDINGS: Final = "claims.json"
WIDTH: Final = 88


@click.command(
    "claims",
    epilog="Example: `lab claims`, or `lab claims async-much-faster` for one of them, whole",
)
@click.argument("name", metavar="[ID]", required=False)
@click.option(
    "--from",
    "place",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    help="A results file of `lab bench`, or a folder with some: the newest counts.",
)
@click.option("--run", "do_run", is_flag=True, help="Do the small experiments now (a minute).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def claims_command(name: str | None, place: Path, do_run: bool, as_json: bool) -> None:
    """List what the course notes claim, each with this machine's verdict.

    The verdicts are those of the newest results of `lab bench`. "Undecided" is an answer, and so is
    "not measured".
    """
    from lab.bench.claims import UnknownClaimError, claims, find_claim, outcome

    try:
        asked = claims() if name is None else (find_claim(name),)
    except UnknownClaimError as error:
        raise click.ClickException(str(error)) from error
    file, results, left_out = newest(place)
    for line in left_out:
        click.echo(line, err=True)
    folder = _folder(place)
    if do_run:
        _run(asked, folder)
    findings = read_findings(folder)
    found = [(one, outcome(one, results, findings.get(one.id))) for one in asked]
    if as_json:
        fields = [_fields(*one) for one in found]
        click.echo(json.dumps(fields if name is None else fields[0], indent=2))
        return
    for claim, said in found:
        click.echo(_line(claim, said) if name is None else _whole(claim, said, results))
    click.echo("\n" + _source(file, results))


def _folder(place: Path) -> Path:
    """Return where the findings lie: beside the results, whether there are any yet or not."""
    is_file = place.is_file() or (place.suffix == ".json" and not place.is_dir())
    return place.parent if is_file else place


def newest(place: Path) -> tuple[Path | None, Results | None, list[str]]:
    """Return the newest results file of a folder, or the file itself, and what was left out."""
    from lab.bench.session import ResultsError, read_results

    files = sorted(place.glob("results*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    left_out: list[str] = []
    for file in [place] if place.is_file() else files:
        try:
            return file, read_results(file), left_out
        except ResultsError as error:
            left_out.append(f"Left out: {error}")
    return None, None, left_out


def read_findings(folder: Path) -> dict[str, Finding]:
    """Return what the small experiments have found, by claim; none when they were not done.

    A file that cannot be understood is set aside.
    """
    from lab.aside import set_aside
    from lab.bench.proofs import Finding

    file = folder / FINDINGS
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {name: Finding(one["holds"], one["why"]) for name, one in kept.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        aside = set_aside(file).name
        told = f"{file} does not hold what `lab claims --run` finds. It was set aside as {aside}."
        click.echo(told, err=True)
        return {}


def _run(asked: tuple[Claim, ...], folder: Path) -> None:
    from lab.bench.proofs import PROOFS

    found = read_findings(folder)
    for claim in asked:
        if claim.experiment is None:
            continue
        click.echo(f"Trying: {claim.statement}", err=True)
        found[claim.id] = PROOFS[claim.experiment]()
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: {"holds": one.holds, "why": one.why} for name, one in found.items()}
    (folder / FINDINGS).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _fields(claim: Claim, said: Outcome) -> dict[str, Any]:
    return {
        **claim.model_dump(exclude={"verdict"}, exclude_none=True, mode="json"),
        "outcome": said.model_dump(exclude={"claim"}, mode="json"),
    }


def _line(claim: Claim, said: Outcome) -> str:
    more = ""
    if said.interval is not None:
        count = len(claim.tests)
        of = f", one of {count} conditions" if count > 1 else ""
        more = f": ratio {_ratio(said)}{of}"
    elif claim.kind == "dated":
        more = f" (a dated fact: {claim.since})"
    elif claim.kind == "elsewhere":
        more = f" here: see {claim.see}"
    head = textwrap.fill(
        f"{claim.id:<21} {claim.notes}  {said.verdict}{more}", WIDTH, subsequent_indent=" " * 27
    )
    return f"{head}\n{_wrapped(claim.statement, 4)}"


def _ratio(said: Outcome) -> str:
    assert said.interval is not None
    return f"{said.interval.estimate:.2f} ({said.interval.low:.2f} to {said.interval.high:.2f})"


def _whole(claim: Claim, said: Outcome, results: Results | None) -> str:
    parts = {
        "Claim": f"{claim.statement} (course notes, {claim.notes})",
        "Hypothesis": claim.hypothesis,
        "Margin": "" if claim.margin is None else f"{claim.margin:g}: see the thresholds below",
        "Falsifier": claim.falsifier,
        "Verdict": said.verdict if said.interval is None else f"{said.verdict}: {_ratio(said)}",
        "Why": "" if claim.tests else said.why,
        "Holds when": claim.holds_when,
        "Does not when": claim.not_when,
        "Source": f"{claim.source} ({claim.since})" if claim.source else "",
    }
    lines = [f"{label}\n{_wrapped(text, 4)}" for label, text in parts.items() if text]
    return "\n".join([*lines, *_conditions(claim, results)])


def _conditions(claim: Claim, results: Results | None) -> list[str]:
    from lab.bench.claims import judged

    def told(one: Judged) -> str:
        return one.state if one.state == "not measured" else f"{one.state}: {one.why}"

    found = judged(claim, results)
    lines = [
        _wrapped(f"- {test.condition} ({test.workload}, {test.first} / {test.second}): {told(one)}")
        for test, one in found
    ]
    return ["Conditions", *lines] if lines else []


def _wrapped(text: str, indent: int = 4) -> str:
    room = " " * indent
    return textwrap.fill(text, WIDTH, initial_indent=room, subsequent_indent=room)


def _source(file: Path | None, results: Results | None) -> str:
    if file is None or results is None:
        return "There are no results here yet: `lab bench --quick` makes some in 90 seconds."
    day = results.started_at[:16].replace("T", " ")
    return (
        f"From {file}: machine {results.environment.machine}, {day} UTC, `{results.command}`.\n"
        "`lab claims ID` shows one whole; `lab claims --run` does the small experiments."
    )

"""A whole session: what a mode measures, one after the other, into one results file."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from lab import servers
from lab.aside import set_aside
from lab.bench import modes
from lab.bench.choosing import ChoiceError, choose
from lab.bench.claims import outcomes
from lab.bench.environment import machine_label, read_environment
from lab.bench.experiment import PASSING
from lab.bench.layers import layers
from lab.bench.load import locust_engine
from lab.bench.load.targets import is_loopback
from lab.bench.measuring import Engine, Measurer
from lab.bench.modes import Mode, ModeName
from lab.bench.pinning import choose_cores, twins
from lab.bench.progress import Progress, State
from lab.bench.rechecking import recheck
from lab.bench.remote import is_of_this_machine
from lab.bench.results import LoadWorkers, Results
from lab.bench.session import FILE, ResultsError, Session, now, read_results
from lab.bench.steps import can_use_locust, steps, total_seconds, unmeasured

NOT_PINNED = (
    "Server and load share their cores here: this system cannot pin processes, or has one core. "
    "Each takes time from the other."
)
TWINS = (
    "Server and load are on two hyper-threads of one core here: each takes some of the time of the "
    "other."
)
BUSY = 0.5  # load for each core; above it, others take time that the rows miss
# The rest of the session can still be measured.
FAILURES = (servers.StartError, *PASSING)
DISTURBED = 0.1  # share of the server's core
LASTING = ("cpu", "cores", "system", "python", "packages", "commit")  # not the load, for one


def begin(
    *,
    mode: ModeName,
    seed: int,
    command: str,
    folder: Path,
    machine: str | None = None,
    engine: Engine = "own",
    stacks: Sequence[str] = (),
    workloads: Sequence[str] = (),
    owned: Sequence[str] = (),
    pairs: int | None = None,
    workers: LoadWorkers | None = None,
) -> Session:
    """Begin a session. An older results file in the folder is kept under its time.

    `stacks` are names or URLs, `owned` the hosts that are the user's own.

    Raises ChoiceError for stacks and workloads that do not fit, TargetError for a server that must
    not be put under load, LocustMissingError when Locust is asked for and not installed.
    """
    chosen = choose(modes.MODES[mode](), stacks, workloads, owned, pairs)
    if engine == "locust":
        workers = workers or LoadWorkers()
        _check_workers(workers, chosen)
        if not locust_engine.is_installed():
            raise locust_engine.LocustMissingError
    file = folder / FILE
    keep_older(file)
    cores = choose_cores()
    environment = read_environment(machine_label(folder, machine), cores)
    results = Results(
        mode=mode,
        seed=seed,
        command=command,
        started_at=now(),
        finished_at=None,
        environment=environment,
        engine=engine,
        load_workers=workers,
        stacks=list(stacks),
        workloads=list(workloads),
        pairs=pairs,
        rows=[],
    )
    session = Session(results, file)
    if cores.server is None:
        session.note(NOT_PINNED)
    elif cores.generator in twins(cores.server):
        session.note(TWINS)
    if environment.load_before > BUSY * environment.cores:
        session.note(
            f"The machine was busy before the first row (load {environment.load_before:g} on "
            f"{environment.cores} cores): expect undecided and invalid."
        )
    return session


def _check_workers(workers: LoadWorkers, mode: Mode) -> None:
    """Refuse workers that could do nothing.

    Raises ChoiceError.
    """
    loads = [one.workload for one in mode.experiments if can_use_locust(one.workload)]
    fewest = min((one.connections for one in loads), default=1)
    if not 1 <= workers.all_of_them <= fewest:
        raise ChoiceError(
            f"{workers.all_of_them} of Locust's workers are asked for. These workloads have "
            f"{fewest} connections, and each worker needs one: take 1 to {fewest}."
        )
    stacks = {stack for one in mode.experiments for stack in one.stacks}
    stacks |= {one.stack for one in mode.knees}
    here = sorted(one.name for one in stacks if is_of_this_machine(one))
    if workers.expected and here and not is_loopback(workers.bind):
        raise ChoiceError(
            f"{here[0]} is served on this machine's own address 127.0.0.1, which workers on other "
            "machines cannot reach. Give servers that they can, with --url and --i-own."
        )


def resume(folder: Path) -> Session:
    """Return the session whose file lies in the folder, to go on with it.

    When something has changed that its environment names, the session says so.

    Raises ResultsError when there is none, or it is finished.
    """
    file = folder / FILE
    if not file.exists():
        raise ResultsError(f"There is nothing to go on with: {file} does not exist.")
    try:
        results = read_results(file)
    except ResultsError as error:
        raise ResultsError(
            f"{error}\nIt stays as it is. A session without --resume sets it aside."
        ) from error
    if results.finished_at is not None:
        raise ResultsError(f"{file} is finished: begin a new session without --resume.")
    session = Session(results, file)
    here = read_environment(results.environment.machine, choose_cores())
    changed = [
        name for name in LASTING if getattr(here, name) != getattr(results.environment, name)
    ]
    if changed:
        session.note(
            f"When this session went on, something had changed: {', '.join(changed)}. Rows from "
            "before and after it are in different blocks."
        )
    return session


def keep_older(file: Path) -> None:
    """Move a results file aside, so that a new one does not replace it, nor an older one.

    What cannot be read is kept as well, and said.
    """
    if not file.exists():
        return
    try:
        name = read_results(file).started_at
    except ResultsError as error:
        sys.stderr.write(f"{error}\nIt was set aside as {set_aside(file).name}.\n")
        return
    stamp = "".join(letter for letter in name if letter.isdigit())[:14]
    kept = file.with_name(f"{file.stem}-{stamp}{file.suffix}")
    if kept.exists():
        set_aside(kept)  # two sessions of one second, or a copy that somebody has put back
    file.replace(kept)


def run_session(
    session: Session,
    *,
    owned: Sequence[str] = (),
    show: Callable[[State], None] = lambda _: None,
    limit: float | None = None,
) -> Results:
    """Measure all that the session's mode asks for and return the results.

    `limit` is how many seconds it may take, instead of the mode's own. What fails is noted and the
    rest goes on; when it is interrupted, what was measured is in the session's file.
    """
    wanted = session.results
    mode = choose(modes.MODES[wanted.mode](), wanted.stacks, wanted.workloads, owned, wanted.pairs)
    with tempfile.TemporaryDirectory() as scratch:
        measurer = Measurer(
            engine=wanted.engine,
            workers=wanted.load_workers or LoadWorkers(),
            owned=owned,
            seed=wanted.seed,
            scratch=scratch,
        )
        progress = Progress(total_seconds(mode), limit=limit or mode.limit, show=show)
        for step in steps(mode, measurer, session, progress):
            if not progress.has_time_for(step.seconds):
                progress.skip(step.seconds)
                session.note(f"There was no time for {step.name}.")
                continue
            try:
                step.run()
            except FAILURES as error:
                why = (str(error).splitlines() or [repr(error)])[0]
                session.note(f"{step.name} was broken off: {why}")
        progress.doing("the generator's ceiling, once more")
        _recheck(mode, measurer, session)
    if missing := unmeasured(mode, session):
        session.note(f"Without any figure: {', '.join(missing)}.")
    note_disturbance(session)
    session.finish(outcomes=outcomes(session.results))
    return session.results


def _recheck(mode: Mode, measurer: Measurer, session: Session) -> None:
    """Measure the ceilings again, however little time is left: rows of the session hang on it."""
    try:
        recheck(mode, measurer, session)
    except FAILURES as error:
        why = (str(error).splitlines() or [repr(error)])[0]
        session.note(f"The generator's ceiling was measured only once: {why}")
    session.put_layers(layers(session))


def note_disturbance(session: Session) -> None:
    """Say in how many rows other programs had a good part of the server's core.

    Pairs lie next to each other, so a ratio can stand; a rate from such a row is too low.
    """
    shares = [row.details.get("others_on_server_core") for row in session.results.rows]
    seen = [share for share in shares if share is not None]
    disturbed = sum(share > DISTURBED for share in seen)
    if disturbed:
        session.note(
            f"In {disturbed} of {len(seen)} rows other programs used more than {DISTURBED:.0%} of "
            "the server's core: the rates are lower than this machine could do."
        )

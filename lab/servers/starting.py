"""Start a server and wait until it is ready."""

from __future__ import annotations

import contextlib
import http.client
import shlex
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from lab.servers import ports
from lab.servers.errors import PortInUseError, StartError
from lab.servers.output import Kept, Output
from lab.servers.server import Server
from lab.servers.stacks import STACKS, Stack

PORT_ATTEMPTS = 5
POLL = 0.05  # seconds between two questions whether the server is ready
ANSWER_TIMEOUT = 2.0  # seconds for one answer


def start(
    stack: str | Stack,
    *,
    port: int | None = None,
    workers: int | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float = 60,
    grace: float | None = None,
    output: Callable[[], Output] = Kept,
) -> Server:
    """Start a server, wait until it is ready, and return it.

    `stack` is a name in `STACKS` or a `Stack` of your own. The port is a free one and the number of
    workers the stack's own unless given: `PORT` and `WEB_CONCURRENCY` of this process play no part.
    `environment` comes on top of this process's and the stack's. The server has `timeout` seconds
    to become ready. `grace` is how many seconds it gets to stop in, instead of the stack's own.
    `output` makes what it prints to.

    Raises StartError when the server ends early or is not ready in time, PortInUseError when the
    given port is taken, ValueError for an unknown name. Whatever is raised, nothing is left
    running.
    """
    stack = _find_stack(stack)
    workers = stack.workers if workers is None else workers
    grace = stack.grace if grace is None else grace
    attempts = PORT_ATTEMPTS if port is None else 1
    while True:
        attempts -= 1
        try:
            return _start_once(
                stack,
                port=ports.free_port() if port is None else port,
                workers=workers,
                environment=environment or {},
                timeout=timeout,
                grace=grace,
                output=output,
            )
        except PortInUseError:
            if attempts == 0:
                raise


def start_together(
    places: Sequence[tuple[str, int, Callable[[], Output]]],
    *,
    workers: int,
    grace: float,
    timeout: float = 60,
) -> list[Server]:
    """Start servers at the same time, and return them when all are ready.

    Each place is a stack's name, its port, and what makes its output. The rest is as with `start`:
    whatever is raised, none of them is left running.
    """
    started: list[Server] = []
    try:
        for name, port, output in places:
            stack = _find_stack(name)
            started.append(
                _launch(
                    stack, port=port, workers=workers, environment={}, grace=grace, output=output
                )
            )
        for server in started:
            _wait_until_ready(server, timeout)
    except BaseException:
        for server in started:
            server.stop(grace=0)
        raise
    return started


@contextlib.contextmanager
def running(
    stack: str | Stack,
    *,
    port: int | None = None,
    workers: int | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> Iterator[Server]:
    """Run a server for the length of a `with` block. Takes and raises what `start` does."""
    server = start(stack, port=port, workers=workers, environment=environment, timeout=timeout)
    try:
        yield server
    finally:
        server.stop()


def _find_stack(stack: str | Stack) -> Stack:
    if isinstance(stack, Stack):
        return stack
    if stack not in STACKS:
        raise ValueError(f"There is no stack '{stack}'. Choose one of: {', '.join(STACKS)}.")
    return STACKS[stack]


def _start_once(
    stack: Stack,
    *,
    port: int,
    workers: int,
    environment: Mapping[str, str],
    timeout: float,
    grace: float,
    output: Callable[[], Output],
) -> Server:
    server = _launch(
        stack, port=port, workers=workers, environment=environment, grace=grace, output=output
    )
    try:
        _wait_until_ready(server, timeout)
    except BaseException:
        server.stop(grace=0)
        raise
    return server


def _launch(
    stack: Stack,
    *,
    port: int,
    workers: int,
    environment: Mapping[str, str],
    grace: float,
    output: Callable[[], Output],
) -> Server:
    """Start a server, and do not wait for it."""
    try:
        if not ports.is_free(port):
            raise PortInUseError(stack, port, ports.who_listens(port))
    except OSError as error:
        hint = "Choose one above 1023."
        raise StartError(stack, f"cannot use port {port}: {error.strerror}.", hint) from error
    try:
        return Server(
            stack,
            port=port,
            workers=workers,
            environment=environment,
            grace=grace,
            output=output(),
        )
    except FileNotFoundError as error:
        hint = "Install it, or correct the stack's command or directory."
        raise StartError(stack, f"could not be started: {error}.", hint) from error


def _wait_until_ready(server: Server, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    answer = "no answer"
    while time.monotonic() < deadline:
        if not server.is_alive():
            raise _ended_early(server)
        status = _ask(server)
        if status is not None:
            answer = f"status {status}"
            if ports.listens(server.processes(), server.port):
                if status == http.client.OK or not server.stack.ready:
                    return
            elif not ports.is_free(server.port):
                # It answered, but it is not our server: another was quicker.
                raise PortInUseError(server.stack, server.port, ports.who_listens(server.port))
        time.sleep(POLL)
    raise StartError(
        server.stack,
        f"was not ready after {timeout:g} s: GET {server.stack.ready or '/'} got {answer}.",
        "If it only needs longer, start it with a larger timeout. " + _by_hand(server),
        lines=server.lines(),
    )


def _ask(server: Server) -> int | None:
    """Return the status that the server's ready path answers, None when there is no answer."""
    connection = http.client.HTTPConnection(ports.HOST, server.port, timeout=ANSWER_TIMEOUT)
    with contextlib.closing(connection):
        try:
            # A server keeps no connection, and no worker, for one that asks only once.
            connection.request("GET", server.stack.ready or "/", headers={"Connection": "close"})
            with connection.getresponse() as response:
                return response.status
        except (OSError, http.client.HTTPException):
            return None


def _ended_early(server: Server) -> StartError:
    if not ports.is_free(server.port):
        return PortInUseError(server.stack, server.port, ports.who_listens(server.port))
    return StartError(
        server.stack,
        f"ended with exit status {server.status} before it was ready.",
        "Correct what these lines name, then start it again. " + _by_hand(server),
        status=server.status,
        lines=server.lines(),
    )


def _by_hand(server: Server) -> str:
    return f"By hand: cd {shlex.quote(str(server.stack.directory))} && {shlex.join(server.command)}"

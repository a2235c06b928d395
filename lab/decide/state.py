"""What somebody has changed in a case, kept in a file: the notebook and the terminal share it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lab.aside import set_aside
from lab.decide.case import Case
from lab.decide.figures import with_figures
from lab.decide.reading import load_case
from lab.decide.refusal import CaseError

FORMAT: Final = 1


class StateError(CaseError):
    """A file that is no state of a decision. Says which, and what is wrong."""


@dataclass(frozen=True)
class State:
    """A case, by its name or file, and the figures that were changed in it."""

    case: str
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self) -> Case:
        """Return the changed case.

        Raises:
            CaseError: when the case is not there, or cannot be changed so.
        """
        return with_figures(load_case(self.case), self.changes)


def read_state(file: Path) -> State:
    """Return the state in a file.

    Raises:
        StateError: when it is none. The file stays as it is.
    """
    try:
        fields = json.loads(file.read_text(encoding="utf-8-sig"))
        if fields["format"] != FORMAT:
            raise ValueError(f"its format is {fields['format']!r}, and {FORMAT} is known")
        state = State(str(fields["case"]), dict(fields["changes"]))
        state.apply()
    except OSError as error:
        raise StateError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise StateError(f"{file} does not hold a decision's state: it is not text.") from error
    except KeyError as error:
        told = f"the field {error} is missing."
        raise StateError(f"{file} does not hold a decision's state: {told}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise StateError(f"{file} does not hold a decision's state: {error}") from error
    return state


def write_state(file: Path, state: State) -> str:
    """Write a state to a file, whole or not at all, and return a sentence on it.

    What is there and is no state is set aside under another name, never overwritten.

    Raises:
        CaseError: when it could not be read again: the case cannot be changed so.
        StateError: when it cannot be written there.
    """
    state.apply()
    if file.is_dir():
        raise StateError(f"{file} cannot be written: it is a folder. Give the name of a file.")
    fields = {"format": FORMAT, "case": state.case, "changes": dict(state.changes)}
    part = file.with_name(f".{file.name}.part")
    try:
        told = f"{_kept(file)}Written: {file}"
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise StateError(f"{file} cannot be written: {error.strerror}.") from error
    return told


def _kept(file: Path) -> str:
    """Set aside what is there and is no state, and return a sentence on it, or nothing."""
    if not file.exists():
        return ""
    try:
        read_state(file)
    except StateError as error:
        return f"{error}\nIt was set aside as {set_aside(file).name}. "
    return ""

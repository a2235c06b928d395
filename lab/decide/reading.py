"""Cases are read from TOML files: the written ones by name, others by their path."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from lab.decide.case import Case
from lab.decide.refusal import CaseError, refused

CASES: Final = Path(__file__).with_name("cases")


def read_case(file: Path) -> Case:
    """Return the case in a TOML file.

    Raises:
        CaseError: when it is not one: names each field that is wrong, why, and an example.
    """
    try:
        # Some editors put a mark before the first letter of a file in UTF-8.
        fields = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CaseError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{file} is not text in UTF-8, as TOML is. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"{file} is not TOML: {error}.") from error
    except RecursionError as error:
        raise CaseError(f"{file} is not a case: its tables lie too deep in each other.") from error
    written = file.parent == CASES
    name = file.stem if written else str(file.resolve())
    return make_case({**fields, "name": name}, str(file))


def make_case(fields: Mapping[str, Any], where: str = "The case") -> Case:
    """Return the case that these fields make.

    Raises:
        CaseError: when they make none.
    """
    try:
        return Case.model_validate(fields)
    except ValidationError as error:
        raise CaseError(refused(where, error)) from error


def case_names() -> list[str]:
    """Return the names of the written cases."""
    return sorted(file.stem for file in CASES.glob("*.toml"))


def load_case(name: str | Path) -> Case:
    """Return a written case by its name, or the case in a file.

    Raises:
        CaseError: when there is none.
    """
    if isinstance(name, str) and name in case_names():
        return read_case(CASES / f"{name}.toml")
    if isinstance(name, str) and not name.endswith(".toml") and not Path(name).exists():
        raise CaseError(
            f"There is no case {name!r}. Written cases are {', '.join(case_names())}. "
            "A case of your own is a file: lab decide my_case.toml."
        )
    return read_case(Path(name))

"""Why a case is refused: the field, the reason, and an example that would do."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

OPTION_NAMES: Final = "on-premises, iaas, serverless, paas or saas"

# For each field one line that would do. What has no line here is told without an example.
EXAMPLES: Final = {
    "title": 'title = "A shop before Christmas"',
    "summary": 'summary = "Who they are, and what they need."',
    "question": 'question = "Where should the price service run?"',
    "horizon": 'horizon = "3 year"',
    "utilisation": "utilisation = 0.6",
    "load": "[load]",
    "requests": 'requests = "50000 requests/month"',
    "compute": 'compute = "2 to 6 ms"',
    "wait": 'wait = "0 ms"',
    "memory": 'memory = "200 MB"',
    "response": 'response = "1 kB"',
    "idle": "idle = 0.5",
    "peak": "peak = 4",
    "months": "months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 8]",
    "option": "[option.paas]",
    "offer": 'offer = "heroku-basic"',
    "billing": 'billing = "instance"',
    "price": 'price = "7 USD/month"',
    "vcpus": 'vcpus = "2 vCPU"',
    "vcpu_price": 'vcpu_price = "0.000024 USD/vCPU/s"',
    "memory_price": 'memory_price = "0.0000025 USD/GiB/s"',
    "request_price": 'request_price = "0.40 USD/million requests"',
    "minimum_charge": 'minimum_charge = "5 USD/month"',
    "step": 'step = "100 ms"',
    "concurrency": "concurrency = 1",
    "fee": 'fee = "99 USD/month"',
    "server_price": 'server_price = "5000 to 9000 USD"',
    "units": 'units = "2 U"',
    "watts": 'watts = "300 to 800 W"',
    "pue": 'pue = "1.4 to 1.8"',
    "electricity": 'electricity = "0.15 to 0.35 USD/kWh"',
    "rent": 'rent = "50 to 200 USD/U/month"',
    "life": 'life = "3 to 5 year"',
    "egress_price": 'egress_price = "0.05 USD/GB"',
    "minimum": "minimum = 2",
    "staff": 'staff = "2 to 6 h/month"',
    "setup": 'setup = "8 h"',
    "switched_off": "switched_off = true",
    "housing": 'housing = "own room"',
    "salary": 'salary = "120000 to 200000 USD/year"',
    "hours": 'hours = "2080 h/year"',
    "euro": "euro = { low = 1.05, high = 1.2 }",
    "criteria": "[criteria.cost]",
    "measure": 'measure = "dollars a month, all counted"',
    "weight": "weight = 30",
    "budget": 'budget = "500 USD/month"',
    "scores": "scores = { iaas = 5, paas = 8 }",
    "weights_vary": "weights_vary = 0.25",
    "scores_vary": "scores_vary = 1",
    "facts": 'facts = [{ id = "team", text = "Two people.", criteria = ["effort"] }]',
    "traps": 'traps = [{ thought = "It is free.", instead = "Count the hours." }]',
}


# What Pydantic calls by the names of its own types.
WANTED: Final = {
    "string_type": "a text", "float_type": "a number", "float_parsing": "a number",
    "bool_type": "true or false", "bool_parsing": "true or false", "tuple_type": "a list",
    "dict_type": "a table", "model_type": "a table", "model_attributes_type": "a table",
}  # fmt: skip


class CaseError(ValueError):
    """A case that cannot be decided. Says which field is wrong, why, and what would do."""


def refused(where: str, error: ValidationError) -> str:
    """Return what is wrong with a case, for the person who wrote it: a paragraph for each field."""
    told = [_told(one) for one in error.errors(include_url=False)]
    count = f"{len(told)} thing{'' if len(told) == 1 else 's'}"
    return "\n".join([f"{where} is not a case that can be decided: {count} to mend.", *told])


def _told(error: ErrorDetails) -> str:
    place = [str(part) for part in error["loc"] if part != "[key]"]
    reason, name = _reason(error, place)
    if not place and (named := reason.partition(": ")[0]).count(" ") == 0:
        # A rule of the whole case names its field itself. That of an offer lists those that do.
        last = named.rpartition(".")[2]
        name = last if last in EXAMPLES and last != "offer" else ""
    told = f"- {'.'.join(place)}: {reason}" if place else f"- {reason}"
    example = EXAMPLES.get(name)
    return f"{told}\n  For example: {example}" if example else told


def _reason(error: ErrorDetails, place: Sequence[str]) -> tuple[str, str]:
    """Return why a field is refused, and the name to give an example for."""
    name = next((part for part in reversed(place) if part in EXAMPLES), "")
    context: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "this field is missing.", place[-1]
        case "extra_forbidden":
            near = get_close_matches(place[-1], EXAMPLES, 1, cutoff=0.75)
            hint = f" Did you mean {near[0]!r}?" if near else " Take it out."
            return f"there is no field of this name.{hint}", near[0] if near else ""
        case "literal_error" if "[key]" in error["loc"]:
            return f"this option is not known. An option is {OPTION_NAMES}.", "option"
        case "literal_error":
            return f"{error['input']!r} is not one of {context['expected']}.", name
        case "string_pattern_mismatch" if "[key]" in error["loc"]:
            return "a name has letters, digits, - and _ only.", name
        case "string_too_short":
            return "it is empty.", name
        case kind if kind in WANTED:
            return f"{_shown(error['input'])} does not do: {WANTED[kind]} is wanted.", name
        case "value_error":
            text = str(context["error"])
            return text if text.endswith((".", "?")) else f"{text}.", name
        case _:
            return f"{_shown(error['input'])} does not do: {_lower(error['msg'])}.", name


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) < 60 else f"{text[:56]} ..."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

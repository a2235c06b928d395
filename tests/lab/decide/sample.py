"""A case of round numbers, so that everything about it can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.decide import Case, make_case, with_figures

# A month has 30 * 24 * 3600 = 2,592,000 seconds: one request a second.
FIELDS: dict[str, Any] = {
    "name": "sample",
    "title": "A sample",
    "summary": "Nobody decides this.",
    "question": "Where?",
    "horizon": "1 year",
    "utilisation": 0.5,
    "load": {
        "requests": "2592000 requests/month",
        "compute": "100 ms",
        "memory": "0.5 GiB",
        "response": "0 B",
        "peak": 3,
    },
    # 104,000 dollars for 2,080 hours: 50 dollars an hour.
    "common": {"salary": "104000 USD/year", "hours": "2080 h/year"},
    "option": {
        "on-premises": {
            "billing": "own",
            "server_price": "3600 USD",
            "life": "4 year",
            "vcpus": "8 vCPU",
            "watts": "500 W",
            "pue": 1.5,
            "electricity": "0.20 USD/kWh",
            "minimum": 2,
            "staff": "20 h/month",
        },
        "iaas": {
            "billing": "instance",
            "price": "50 USD/month",
            "vcpus": "1 vCPU",
            "memory": "2 GiB",
            "staff": "10 h/month",
            "setup": "24 h",
        },
        "serverless": {
            "billing": "use",
            "vcpus": "1 vCPU",
            "vcpu_price": "0.00002 USD/vCPU/s",
            "memory_price": "0.000004 USD/GiB/s",
            "request_price": "1 USD/million requests",
            "staff": "4 h/month",
        },
        "paas": {
            "billing": "instance",
            "price": "25 USD/month",
            "vcpus": "0.25 vCPU",
            "staff": "2 h/month",
            "setup": "6 h",
        },
        "saas": {
            "billing": "requests",
            "request_price": "0.001 USD/request",
            "fee": "8 USD/month",
            "staff": "0 h/month",
        },
    },
    "criteria": {
        "cost": {
            "title": "Cost",
            "weight": 60,
            "measure": "dollars a month",
            "budget": "1000 USD/month",
        },
        "control": {
            "title": "Control",
            "weight": 40,
            "measure": "layers",
            "scores": {"on-premises": 10, "iaas": 8, "serverless": 5, "paas": 4, "saas": 0},
        },
    },
    "facts": [
        {"id": "money", "text": "There is little money.", "criteria": ["cost"]},
        {"id": "rules", "text": "There are rules.", "criteria": ["control"]},
    ],
}


def case(changes: Mapping[str, object] | None = None, *, without: tuple[str, ...] = ()) -> Case:
    """Return the case, with some figures changed and some options taken out."""
    fields = {
        **FIELDS,
        "option": {name: one for name, one in FIELDS["option"].items() if name not in without},
    }
    return with_figures(make_case(fields), changes or {})

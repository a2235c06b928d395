"""How the listing service behaves: its latency, and the fault that it shows."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

MOST_LATENCY_MS = 2_000

Fault = Literal["none", "slow", "error", "garbage", "hang", "gone"]

# What each fault looks like from outside.
FAULTS: dict[Fault, str] = {
    "none": "answers as it should",
    "slow": "sends its answer byte by byte, a second apart",
    "error": "answers with status 500",
    "garbage": "answers 200 with something that is not a house",
    "hang": "takes the request and does not answer until it is told something else",
    "gone": "closes the connection without an answer",
}
assert set(FAULTS) == set(get_args(Fault))


class Behaviour(BaseModel):
    """What the service is told: at its start, or later with `PUT /behaviour`."""

    model_config = ConfigDict(extra="forbid")

    latency_ms: float = Field(
        default=0, ge=0, le=MOST_LATENCY_MS, description="Milliseconds before each answer."
    )
    fault: Fault = "none"

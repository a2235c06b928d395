"""Whether a decision holds together: the choice, the weights and the facts that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lab.decide.case import Case
from lab.decide.comparison import compare
from lab.decide.figures import with_figures
from lab.decide.offers import OptionName
from lab.decide.options import title


def with_weights(case: Case, weights: Mapping[str, float]) -> Case:
    """Return the case with other weights. A criterion that is not named keeps its own.

    Raises:
        CaseError: when there is no such criterion, or a weight is negative.
    """
    return with_figures(
        case, {f"criteria.{name}.weight": weight for name, weight in weights.items()}
    )


def objections(
    case: Case, choice: OptionName, weights: Mapping[str, float], facts: Sequence[str]
) -> list[str]:
    """Return what in a decision contradicts itself, in sentences. An empty list: nothing does.

    It judges no opinion: any choice passes whose own weights lead to it, that no fact rules out,
    and whose heaviest criteria rest on facts of the case. `facts` are the ids of those cited.

    Raises:
        CaseError: when a weight is of no criterion of the case, or negative.
    """
    known = {fact.id: fact for fact in case.facts}
    found = [
        f"The fact {one!r} is not one of the case. Its facts are {', '.join(known)}."
        for one in facts
        if one not in known
    ]
    if choice not in case.options:
        told = ", ".join(case.options)
        return [*found, f"{choice!r} is no option of the case. Its options are {told}."]
    weighed = with_weights(case, weights)
    if choice in weighed.ruled_out():
        return [*found, f"{title(choice)} is ruled out: {weighed.ruled_out()[choice]}"]
    result = compare(weighed)
    if choice in result.left_out:
        return [*found, f"{title(choice)} cannot be compared. {result.left_out[choice]}"]
    if result.winner != choice:
        points = {one.option: one.total for one in result.standings}
        found.append(
            f"With these weights {title(result.winner)} has {points[result.winner]:.2f} points and "
            f"{title(choice)} {points[choice]:.2f}: the weights and the choice contradict each "
            "other."
        )
    cited = {name for one in facts if one in known for name in known[one].criteria}
    heaviest = max(result.shares.values())
    for name, share in result.shares.items():
        if share == heaviest and name not in cited:
            found.append(
                f"{name} ({case.criteria[name].title}) weighs most, and no fact that you name "
                "bears on it."
            )
    return found

# %% goal [markdown]
# # Justify a decision
#
# **Goal.** Decide one of the six cases so that your choice, your weights and your facts agree.
#
# - `case`: the name of the case, such as `"public"`.
# - `choice`: the option that you take.
# - `weights`: for **each** criterion of the case how much it matters to you, 0 or more.
# - `facts`: the ids of at least two facts of the case that you rest on.
#
# There is no one right answer. It passes when your weights make your choice win, no fact rules it
# out, and what weighs most rests on a fact that you name. Take a case in which more than one option
# is left. Weights can be turned until anything passes; the honest way is to write them down first,
# and to change your choice and not your weights when the two disagree.

# %% instructor [markdown]
# Minutes: 15
#
# Checked for consistency, not for an opinion. For the class: let two groups decide the same case
# differently, both pass, and then argue about the weights. In the hospital's case only one option
# is left.

# %% solution
# BEGIN SOLUTION: case = ...
case = "startup"
# END SOLUTION
# BEGIN SOLUTION: choice = ...
choice = "paas"
# END SOLUTION
# BEGIN SOLUTION: weights = ...
weights = {"cost": 20, "speed": 50, "growth": 10, "own-model": 20}
# END SOLUTION
# BEGIN SOLUTION: facts = ...
facts = ["two-people", "eighteen-months"]
# END SOLUTION


# %% check
from lab.decide import CaseError, case_names, compare, load_case, objections
from lab.exercises.checking import Answer, expect, not_yet


def check(answer: Answer) -> None:
    name = answer.get("case")
    names = case_names()
    expect(name in names, f"`case` is {name!r}. Wanted is one of {', '.join(names)}.")
    case = load_case(name)
    choice, weights, facts = answer.get("choice"), answer.get("weights"), answer.get("facts")
    expect(
        isinstance(weights, dict)
        and all(
            isinstance(one, (int, float)) and not isinstance(one, bool) for one in weights.values()
        ),
        f"`weights` is {weights!r}. Wanted is a dictionary: for each criterion a number.",
    )
    missing = [one for one in case.criteria if one not in weights]
    expect(
        not missing,
        f"`weights` has nothing for {', '.join(missing)}. What does not matter has the weight 0.",
    )
    expect(
        isinstance(facts, (list, tuple, set))
        and all(isinstance(one, str) for one in facts)
        and len(set(facts)) >= 2,
        f"`facts` is {facts!r}. Wanted are the ids of at least two facts of the case.",
    )
    negative = [one for one, weight in weights.items() if weight < 0]
    expect(
        not negative,
        f"The weight of {', '.join(negative)} is below 0. What does not matter has the weight 0.",
    )
    expect(any(weights.values()), "All weights are 0: then nothing matters. Something does.")
    try:
        found = objections(case, choice, weights, list(facts))
    except CaseError as error:
        not_yet(str(error))
    if found:
        not_yet(found[0], hint="Change what you do not mean, and not what makes it pass.")
    left = len(compare(case).standings)
    expect(
        left > 1,
        f"In the case {name!r} only one option is left, so no weight decides anything. Take a case "
        "in which there is something to weigh.",
    )


# %% hints [markdown]
# - `lab decide NAME`, in a terminal, shows the facts, the criteria and the scores of a case.
# - Weights that lead elsewhere say that something else matters to you than your choice needs.
#   Which of the two do you mean?
# - Behind each fact in `load_case(case).facts` stand the criteria on which it bears.

# %% wrong-contradiction
# why: The choice is made first, and the weights say something else.
# says: the weights and the choice contradict each other
case = "startup"
choice = "iaas"
weights = {"cost": 20, "speed": 50, "growth": 10, "own-model": 20}
facts = ["two-people", "eighteen-months"]

# %% wrong-ruled-out
# why: A rule is treated as something that can be outweighed.
# says: is ruled out
case = "hospital"
choice = "paas"
weights = dict.fromkeys(("cost", "control", "availability", "effort"), 25)
facts = ["records-stay", "two-administrators"]

# %% wrong-nothing-to-weigh
# why: The case in which a rule has already decided is the easiest.
# says: only one option is left
case = "hospital"
choice = "on-premises"
weights = {"cost": 0, "control": 1, "availability": 0, "effort": 0}
facts = ["records-stay", "two-administrators"]

# %% wrong-no-fact
# why: What weighs most is an opinion without a fact.
# says: no fact that you name bears on it
case = "startup"
choice = "paas"
weights = {"cost": 20, "speed": 50, "growth": 10, "own-model": 20}
facts = ["model-is-the-firm", "unknown-load"]

# %% wrong-criterion-left-out
# why: What does not fit is left out instead of being given no weight.
# says: has nothing for growth
case = "startup"
choice = "paas"
weights = {"cost": 20, "speed": 50, "own-model": 20}
facts = ["two-people", "eighteen-months"]

# %% right-other-weights
from lab.decide import load_case

case = "startup"
choice = "serverless"
weights = dict.fromkeys(load_case(case).criteria, 10) | {"growth": 40}
facts = ("unknown-load", "two-people")

# Exercise 07.6: Justify a decision
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
#
# Check it: .venv/bin/lab check 07.6 in a terminal, or check("07.6") in a notebook.

case = ...
choice = ...
weights = ...
facts = ...

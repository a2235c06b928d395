# Exercise 07.5: The figure that decides
#
# **Goal.** Of all dollars and hours in the options of the start-up's case, name the figure that has
# to move **least** (by the smallest factor) to let another option win, the value at which that
# happens, and the option that then wins.
#
# Set `figure` to its name, such as `"paas.price"`, `value` to the value in the unit that `flip`
# gives (to 1 %), and `winner` to the option. The price of the platform is not it.
#
# `figures(case)` has all figures by name; those of options begin with the option, such as `"paas."`
# or `"serverless."`, and dollars and hours have a `.unit` that begins with `"USD"` or `"h"`.
# `flip(case, name)` gives `.now`, `.below` and `.above`, the last two as a pair of value and
# option, or None.
#
# Check it: .venv/bin/lab check 07.5 in a terminal, or check("07.5") in a notebook.

from lab.decide import figures, flip, load_case

case = load_case("startup")

figure = ...
value = ...
winner = ...

# %% goal [markdown]
# # The figure that decides
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

# %% instructor [markdown]
# Minutes: 10
#
# The end of every sensitivity analysis: which of our guesses carries the decision? The answer is
# hours of work, and not dollars for machines. The case's own figures are used, not those that this
# machine has measured.

# %% solution
from lab.decide import figures, flip, load_case

case = load_case("startup")

# BEGIN SOLUTION: figure = ...
factors = {}
for name, known in figures(case).items():
    if name.split(".")[0] not in case.options or not known.unit.startswith(("USD", "h")):
        continue
    found = flip(case, name)
    if found.above:
        factors[name] = found.above[0] / found.now
    if found.below:
        factors[name] = min(factors.get(name, float("inf")), found.now / found.below[0])
figure = min(factors, key=factors.get)
# END SOLUTION
# BEGIN SOLUTION: value = ...
value = flip(case, figure).above[0]
# END SOLUTION
# BEGIN SOLUTION: winner = ...
winner = flip(case, figure).above[1]
# END SOLUTION


# %% check
from lab.decide import Case, CaseError, compare, figures, flip, load_case, with_figures
from lab.exercises.checking import Answer, expect, not_yet

LIMIT = 20.0
LEAST = "paas.staff"


def factor(case: Case, name: str) -> float | None:
    found = flip(case, name)
    ways = [found.above[0] / found.now] if found.above else []
    ways += [found.now / found.below[0]] if found.below else []
    return min(ways, default=None)


def check(answer: Answer) -> None:
    case = load_case("startup")
    figure, value = answer.get("figure"), answer.get("value")
    expect(
        isinstance(figure, str) and figure in figures(case),
        f"`figure` is {figure!r}, which is no figure of the case. figures(case) has their names.",
    )
    expect(
        figure.split(".")[0] in case.options,
        f"{figure!r} is a figure of the whole case. Wanted is one of an option's figures.",
    )
    unit = figures(case)[figure].unit
    expect(
        unit.startswith(("USD", "h")),
        f"{figure!r} is in {unit or 'no unit'}. Wanted is a figure in dollars or in hours.",
    )
    own = factor(case, figure)
    if own is None:
        not_yet(
            f"Moving {figure!r} alone, up to a thousand times and down to a thousandth, changes "
            "nothing: the same option wins."
        )
    least = factor(case, LEAST)
    assert own is not None
    assert least is not None
    expect(
        figure == LEAST,
        f"{figure!r} does change the winner, when it is moved by a factor of {own:.3g}. There is "
        f"another figure that need not move so far.",
        hint="Go through all names, and calculate a factor for each.",
    )
    _check_value(case, figure, value)
    expected = flip(case, LEAST).above
    assert expected is not None
    winner = answer.get("winner")
    expect(
        winner == expected[1],
        f"`winner` is {winner!r}, but beyond your value another option wins.",
        hint=f"Compare the case with {figure} a little above your value.",
    )


def _check_value(case: Case, figure: str, value: object) -> None:
    expect(
        isinstance(value, (int, float)) and not isinstance(value, bool),
        f"`value` is {value!r}. Wanted is a number.",
    )
    assert isinstance(value, (int, float))
    now = compare(case).winner
    try:
        before, after = (
            compare(with_figures(case, {figure: times * value})).winner for times in (0.99, 1.01)
        )
    except CaseError as error:
        not_yet(f"{figure} cannot be {value:g}: {error}")
    unit = figures(case)[figure].unit
    expect(
        after != now,
        f"At {value:g} {unit} the winner is still {now}. Move it further.",
    )
    expect(
        before == now,
        f"At {value:g} {unit} another option wins, but it wins before that. Where does it begin?",
    )


# %% hints [markdown]
# - Loop over `figures(case)`, and look at `flip(case, name)` for each.
# - The factor upwards is `found.above[0] / found.now`, downwards `found.now / found.below[0]`. Mind
#   that each may be None.
# - It is not the price of anything. It is something that people do on a platform.

# %% wrong-first-found
# why: Any figure that changes the winner is taken.
# says: need not move so far
figure, value, winner = "paas.setup", 81.77, "serverless"

# %% wrong-load
# why: The load is what everybody talks about.
# says: is a figure of the whole case
figure, value, winner = "load.requests", 3_000_000, "serverless"

# %% wrong-changes-nothing
# why: The dearest line of another option is taken; it is behind anyway.
# says: changes nothing
figure, value, winner = "iaas.staff", 5, "iaas"

# %% wrong-far-beyond
# why: A value at which another wins is taken for the one at which it begins.
# says: Where does it begin?
figure, value, winner = "paas.staff", 20, "serverless"

# %% wrong-now
# why: The value that the figure has is taken for the one at which it flips.
# says: the winner is still paas
figure, value, winner = "paas.staff", 2.5, "serverless"

# %% right-by-table
from lab.decide import load_case, tables

case = load_case("startup")
print(tables.text(tables.flip_table(case)))
figure = "paas.staff"
value = 6.487
winner = "serverless"

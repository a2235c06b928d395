# Exercise 07.5: The figure that decides
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from lab.decide import figures, flip, load_case

case = load_case("startup")

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
value = flip(case, figure).above[0]
winner = flip(case, figure).above[1]

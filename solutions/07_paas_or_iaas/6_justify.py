# Exercise 07.6: Justify a decision
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

case = "startup"
choice = "paas"
weights = {"cost": 20, "speed": 50, "growth": 10, "own-model": 20}
facts = ["two-people", "eighteen-months"]

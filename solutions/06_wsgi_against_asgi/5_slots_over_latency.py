# Exercise 06.5: The most that a server can do
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

measured = {"a": 11.7, "b": 63.2, "c": 188.0, "d": 57.5}

most = {
    "a": 3 / 0.25,
    "b": 2 * 8 / 0.25,
    "c": min(100 / 0.25, 1 / 0.005),
    "d": 10 / 0.25,
}
impossible = "d"

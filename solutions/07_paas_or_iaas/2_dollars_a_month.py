# Exercise 07.2: Three prices, one unit
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

a_month = {
    "machine": 0.0816 * 24 * 30,
    "container": (0.000024 + 0.5 * 0.0000025) * 60 * 60 * 24 * 30,
    "platform": 20 + 0.5 * 10,
}
cheapest = "platform"
